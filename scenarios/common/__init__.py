"""What all places share: invented people, firms and plates, ugly writing, and writers of workbooks.

Nothing here knows a place; nothing here reads or writes the register.
"""
