"""Reports by the API: of one project, and the portfolio of all."""

from starlette.responses import Response

from aiguide.usecases import portfolio
from aiguide.usecases.reports import Order
from aiguide.web.api.operations import Call
from aiguide.web.downloads import download


def report(call: Call) -> Response:
    """Make a report of a project."""
    case, site = call.case(), call.site
    format, template = call.asked["format"], call.asked["template"]
    order = Order(site.today(), format, template, own=site.own)
    made = site.press.report(case.opened.path, case.words, order)
    return download(made.content, format, f"{template}.{call.words.lang}.{format}")


def overview(call: Call) -> Response:
    """Make the portfolio of all projects of the folder."""
    files, format = tuple(call.site.folder.listed().values()), call.asked["format"]
    order = portfolio.Order(call.site.today(), sort=call.asked["sort"])
    surveyed = portfolio.survey(files, call.words, order, kept=call.site.kept)
    made = portfolio.make(surveyed, call.words, format)
    return download(made, format, f"portfolio.{call.words.lang}.{format}")
