"""What goes wrong between a person and a row, a file for each cause: clerks, OCR, spreadsheet programs, time, masks.

Each cause has functions over one row (or, for spreadsheet programs, over a batch) that change its texts in place. How often is fixed by the batch's
hand, the row's carelessness and the rates that stand beside the functions; nothing here knows of the other table.
"""
