"""The rooms and the arrows between them, read from every import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "aiguide"
MODULES = sorted(SOURCE.rglob("*.py"))

# Room → rooms that it may import.
ARROWS = {
    "core": {"core"},
    "store": {"store", "core"},
    "render": {"render", "core"},
    "remote": {"remote", "core"},
    "usecases": {"usecases", "core", "store", "render", "remote"},
    "web": {"web", "usecases", "core"},
    "cli": {"cli", "web", "usecases", "core"},
}
NO_IO = {"os", "pathlib", "sys", "io", "time", "tempfile", "subprocess", "shutil", "yaml", "typer"}
ANYBODY = {"aiguide"}


def room(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            base = node.module or ""
            yield from (
                f"{base}.{alias.name}" if base == "aiguide" else base for alias in node.names
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_room_may(module: Path) -> None:
    here = room(module)
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "aiguide" and here in ARROWS and len(parts) > 1:
            assert parts[1] in ARROWS[here] | {"__version__"}, f"{module} imports {name}"
        if here == "core":
            assert parts[0] not in NO_IO, f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_states_its_job_first(module: Path) -> None:
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert said
    assert said.split("\n")[0].endswith(".")


def test_heavy_libraries_are_imported_only_where_they_are_used() -> None:
    homes = {
        "weasyprint": {"render/report_pdf.py"},
        "jsonschema": {"store/schemas.py"},
        "jsonschema_rs": {"store/schemas.py"},
        "yaml": {"store/strict_yaml.py"},
        "jinja2": {"render/templating.py", "web/templating.py"},
        "uvicorn": {"web/server.py"},
        "pathvalidate": {"store/files.py"},
        "docx": {"render/report_docx.py"},
        "httpx2": {"remote/language_model.py"},
        "xlsxwriter": {"render/xlsx.py"},
        "openpyxl": {"store/workbook.py"},
    }
    for library, allowed in homes.items():
        found = {
            module.relative_to(SOURCE).as_posix()
            for module in MODULES
            if library in {name.split(".")[0] for name in imports(module)}
        }
        assert found == allowed
