"""Making a zip file (such as an Office document) the same bytes whenever it is made."""

import zipfile
from collections.abc import Callable
from io import BytesIO

_TIME = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(
    content: bytes, edit: Callable[[str, bytes], bytes] = lambda name, part: part
) -> bytes:
    """Pack a zip file anew, its entries in their order and all of one time.

    `edit` makes of an entry's name and content what is to stand in its place.
    """
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, edit(entry.filename, old.read(entry)))
    return target.getvalue()
