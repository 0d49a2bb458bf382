"""Making a zip file (such as an Office document) the same bytes whenever it is made."""

import zipfile
from io import BytesIO

_TIME = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(content: bytes) -> bytes:
    """Pack a zip file anew, its entries in their order and all of one time."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return target.getvalue()
