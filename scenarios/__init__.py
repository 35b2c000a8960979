"""The places that the product is shown and judged with: invented workbooks, how they come in, what must be counted.

What lives here: one package per place, the generation they share, and the list of places. No rule of the product
lives here: the workbooks go through the same import as a clerk's.
"""
