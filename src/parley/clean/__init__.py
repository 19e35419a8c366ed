"""Makes an article's text fit for the parser, and keeps the way back to every character of the source.

    paragraphs  ->  passages (body, repeat, furniture, teaser)  ->  characters  ->  quotation marks  ->  one text

Only the body goes on to the parser. Paragraphs stand apart by one blank line there.
"""

from parley.clean.cleaned import MAX_WORDS, Cleaned, clean

__all__ = ["MAX_WORDS", "Cleaned", "clean"]
