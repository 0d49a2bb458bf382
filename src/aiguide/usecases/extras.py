"""The optional parts of aiguide, and whether what they need is installed."""

from importlib.util import find_spec

# Each extra of the package, with the libraries that it brings.
EXTRAS = {
    "pdf": ("weasyprint",),
    "docx": ("docx",),
    "xlsx": ("xlsxwriter", "openpyxl"),
    "web": ("starlette", "uvicorn", "python_multipart", "pathvalidate"),
    "llm": ("httpx2",),
}


def is_installed(extra: str) -> bool:
    """Tell whether all libraries of an extra are there; they are not imported."""
    return all(find_spec(library) is not None for library in EXTRAS[extra])
