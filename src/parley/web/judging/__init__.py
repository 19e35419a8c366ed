"""Corrections in the room: what may be said of a row, and how a form becomes a judgement.

fields   what a row of each kind is asked for
seen     the rows as a page shows them, and which row a form means
spoken   a form as a judgement
who      the name of whoever judges, kept by the browser
"""
