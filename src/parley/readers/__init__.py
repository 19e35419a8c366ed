"""From bytes to an article: one module an input format."""
