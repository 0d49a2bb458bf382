"""The reports of a project, in every template and format, and by other frameworks."""

from starlette.responses import Response

from aiguide.core.errors import AiguideError
from aiguide.usecases import crosswalks, spreadsheets
from aiguide.usecases.reports import REPORT_FORMATS, REPORT_TEMPLATES, Made, Order
from aiguide.web.downloads import download, shown
from aiguide.web.opening import Case, opened
from aiguide.web.visit import Visit

TITLES = {
    "compliance": "report.title",
    "summary": "summary.title",
    "procurement": "procurement.title",
    "transparency": "record.title",
}


def listed(visit: Visit) -> Response:
    """List what can be made of a project, and who each is for."""
    case = opened(visit)
    words = case.words
    templates = [
        (words.say(TITLES[one]), words.say(f"web.reports.{one}"), _files(visit, case, one))
        for one in REPORT_TEMPLATES
    ]
    frameworks = [
        (words.pick(one.title), _files(visit, case, "frameworks", one.id))
        for one in crosswalks.frameworks(case.guideline)
    ]
    return visit.page(
        "reports",
        pack=case.guideline,
        case=case,
        templates=templates,
        frameworks=frameworks,
    )


def _files(visit: Visit, case: Case, *parts: str) -> list[tuple[str, str]]:
    """Give where each format is; `read` is the HTML in the browser."""
    base = visit.path("projects", case.key, "reports", *parts)
    files = [(format, f"{base}.{format}") for format in REPORT_FORMATS]
    return [("read", f"{base}.html?read=1"), *files]


def report(visit: Visit) -> Response:
    """Make a report by one of the templates."""
    template = visit.part("template")
    if template not in REPORT_TEMPLATES:
        raise AiguideError("unknown-report", id=template, known=REPORT_TEMPLATES)
    return _made(visit, template, template=template)


def by_framework(visit: Visit) -> Response:
    """Make the report by the elements of another framework."""
    framework = visit.part("framework")
    return _made(visit, framework, framework=framework)


def _made(visit: Visit, name: str, **asked: str) -> Response:
    case, format, site = opened(visit), visit.part("format"), visit.site
    if format not in REPORT_FORMATS:
        raise AiguideError("unknown-format", ending=format, known=REPORT_FORMATS)
    order = Order(site.today(), format, own=site.own, **asked)
    made = site.press.report(case.opened.path, visit.words_of(case.guideline), order)
    if format == "html" and visit.asked("read"):
        return shown(made.content)
    return given(visit, made, format, _name(visit, case, f"{name}.{visit.lang}.{format}"))


def given(visit: Visit, made: Made, format: str, name: str) -> Response:
    """Give what was made to save; first say which characters it lacks, if it does."""
    if made.missing and not visit.asked("anyway"):
        return visit.page("glyphs", missing="".join(made.missing))
    return download(made.content, format, name)


def checklist(visit: Visit) -> Response:
    """Give the checklist as a workbook to fill in."""
    case = opened(visit)
    content = spreadsheets.export(case.opened, visit.words, visit.site.today())
    return download(content, "xlsx", _name(visit, case, f"checklist.{visit.lang}.xlsx"))


def _name(visit: Visit, case: Case, rest: str) -> str:
    """Name a file so that it is told from those of other projects and days."""
    return f"{case.project.id or case.key}-{visit.site.today()}-{rest}"
