"""Data as JSON that reads the same and steers no terminal that it is shown on."""

import json
import re
from typing import Any

# What JSON need not escape: DEL and C1 controls, what turns the writing direction or ends a line,
# and halves of a character, which no encoding writes.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(data: Any, indent: int | None = None) -> str:
    """Write data as JSON, its texts as they are but for what would steer a terminal."""
    written = json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
