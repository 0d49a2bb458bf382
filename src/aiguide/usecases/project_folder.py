"""The projects of a folder, each under a short key that stands for where it is."""

import hashlib
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.store import projects

KEY_LENGTH = 12


class ProjectFolder:
    """Knows the manifests of a folder by key, so that no path has to be taken from outside."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; what is in it is looked up when it is asked for."""
        self.folder = folder
        self._known: dict[str, Path] = {}

    def listed(self) -> dict[str, Path]:
        """Map key to manifest, as the folder is now, in the order of the paths."""
        self._known = {self.key(path): path for path in projects.found_in(self.folder)}
        return dict(self._known)

    def key(self, path: Path) -> str:
        """Give the key of a manifest: the same as long as it stays where it is in the folder."""
        place = path.relative_to(self.folder).as_posix()
        return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:KEY_LENGTH]

    def named(self, file: str) -> dict[str, str]:
        """Name a manifest for readers: its `key`, and the `file` as it lies in the folder."""
        path = Path(file)
        return {"key": self.key(path), "file": path.relative_to(self.folder).as_posix()}

    def find(self, key: str) -> Path:
        """Find a manifest. Raises: AiguideError `no-project`."""
        known = self._known.get(key)
        if known is not None and known.exists():
            return known
        found = self.listed().get(key)
        if found is None:
            raise AiguideError("no-project", id=key)
        return found

    def new_place(self, name: str) -> Path:
        """Make a folder for a new project, named after it, and give where its manifest goes.

        Raises: AiguideError `cannot-write`.
        """
        return projects.new_place(self.folder, name)
