"""Freeze versions of our packs: `make freeze PACKS="tokyo-ai/2" DATE=2026-11-28`."""

import sys
from pathlib import Path

from aiguide.core.dates import checked_date
from aiguide.store import packs, releases

DATA = Path(__file__).parent.parent / "data"


def main(date: str, names: list[str]) -> None:
    """Write the `released.yaml` of each pack; one that has it is refused."""
    for name in names:
        folder = DATA / name
        digest = releases.freeze(folder, packs.compile_folder(folder), checked_date(date))
        print(f"{name} {digest}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
