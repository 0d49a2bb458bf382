"""Reports by the API: of one project, and the portfolio of all."""

from starlette.responses import Response

from aiguide.usecases import portfolio, reports
from aiguide.web.api.operations import Call
from aiguide.web.downloads import download


def report(call: Call) -> Response:
    """Make a report of a project."""
    case, format, template = call.case(), call.asked["format"], call.asked["template"]
    order = reports.Order(call.site.today(), format, template, own=call.site.own)
    made = reports.report(case.opened, call.words, order)
    return download(made.content, format, f"{template}.{call.words.lang}.{format}")


def overview(call: Call) -> Response:
    """Make the portfolio of all projects of the folder."""
    files, format = tuple(call.site.folder.listed().values()), call.asked["format"]
    order = portfolio.Order(call.site.today(), sort=call.asked["sort"])
    surveyed = portfolio.survey(files, call.words, order, lambda _: None)
    made = portfolio.make(surveyed, call.words, format)
    return download(made, format, f"portfolio.{call.words.lang}.{format}")
