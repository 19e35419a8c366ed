"""The reading room: a local web page on a record. Nothing in it imports spaCy, so it opens at once.

app         the application, from the table of pages
settings    what the user asked for: the record, the host, the port
security    who may ask, what a page may load, who may change something
room        the record as it stands at this moment, shared by all requests
render      templates
pages/      one module a page: its routes and the view that its template shows
"""
