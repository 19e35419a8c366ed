"""What can be taken out of a whole record: one module a form, and ``FORMATS``, the one table of them.

The command line, the reading room and the documents all read this table; a form is one function and one row.
"""
