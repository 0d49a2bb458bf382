"""aiguide: which cell of the Tokyo AI guideline an idea is in, and what to check for it."""

__version__ = "0.1.0"
