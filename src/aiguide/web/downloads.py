"""Answers that are files: with their type, and a name to save them under."""

from urllib.parse import quote

from starlette.responses import Response

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def download(content: bytes, format: str, name: str) -> Response:
    """Give a file to save, in a language that any browser knows to read its name in."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=TYPES[format], headers=headers)


# A report carries its style in itself. It may do nothing else, and belongs to no site, not to ours.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox"
)


def shown(content: bytes) -> Response:
    """Give a report in HTML to read in the browser."""
    return Response(content, media_type=TYPES["html"], headers={"content-security-policy": ALONE})
