"""What is read in an article, one spaCy factory a file; ``parley.pipeline`` puts them in order.

Each component reads what earlier ones assigned to ``doc._`` and assigns its own, as it declares:

    paragraphs   doc._.paragraphs    tuple of (first token, token after the last)
    quotes       doc._.quotes        tuple of Quotation
    actors       doc._.actors        tuple of model.Actor;  doc._.mentions: MentionIndex (which actor a token names)
    attribution  doc._.attributions  tuple of model.Attribution
    events       doc._.events        tuple of model.Event
    positions    doc._.positions     tuple of model.Position
    framing      doc._.framing       tuple of model.Framing

The model's classes carry offsets into the parser's text here (``doc.text``); ``parley.record`` turns them into
offsets of the source. Nothing but these rooms and ``parley.record`` reads ``doc._``.
"""
