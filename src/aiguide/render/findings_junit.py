"""Findings as JUnit XML: a suite for each file, in it a case for each finding, or one for none."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from aiguide.core.findings import Severity
from aiguide.core.validation import FileView, Run, Said

# What XML 1.0 has no place for.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(run: Run) -> Iterator[str]:
    """Write each file's suite as it comes."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="aiguide validate">\n'
    for view in run:
        suite = _suite(run, view)
        indent(suite, level=1)
        yield _NO_XML.sub("\ufffd", tostring(suite, encoding="unicode").strip()) + "\n"
    yield "</testsuites>\n"


def _suite(run: Run, view: FileView) -> Element:
    failed = [said for said in view.findings if _fails(run, said)]
    suite = Element(
        "testsuite",
        name=view.file,
        tests=str(len(view.findings) or 1),
        failures=str(len(failed)),
        errors="0",
        skipped=str(len(view.findings) - len(failed)),
    )
    for said in view.findings:
        _case(suite, said, "failure" if _fails(run, said) else "skipped")
    if not view.findings:
        SubElement(suite, "testcase", name="validate", classname=view.file)
    SubElement(suite, "system-out").text = run.words.say("validate.items", items=view.items)
    return suite


def _fails(run: Run, said: Said) -> bool:
    return said.severity is Severity.ERROR or run.choice.strict


def _case(suite: Element, said: Said, outcome: str) -> None:
    case = SubElement(
        suite, "testcase", name=f"{said.code} {said.pointer}".strip(), classname=said.file
    )
    told = SubElement(case, outcome, message=said.message)
    if outcome == "failure":
        told.set("type", said.code)
    place = f"{said.file}:{said.line}:{said.column}" if said.line else said.file
    SubElement(case, "system-out").text = f"{place}\n{said.message}\n{said.fix}"
