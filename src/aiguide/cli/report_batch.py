"""Making a report for every project of a folder: a bar meanwhile, a line for each at the end."""

from pathlib import Path

from aiguide.cli import complaints, console
from aiguide.cli.exits import ExitCode
from aiguide.cli.interrupts import noted
from aiguide.cli.progress import progress
from aiguide.cli.session import Session
from aiguide.core.words import Words
from aiguide.usecases import report_batch
from aiguide.usecases.report_batch import Done
from aiguide.usecases.reports import Order


def run(session: Session, folder: Path, output: Path, order: Order) -> ExitCode:
    """Make the reports; NO where a project stood in the way of its own.

    An interrupt lets those that were begun be finished. Raises: AiguideError, as
    `report_batch.jobs` does.
    """
    words = session.words
    wanted = report_batch.jobs(folder, output, order.format)
    seen = refused = 0
    with progress(len(wanted)) as tell, noted() as is_interrupted:
        for done in report_batch.make(wanted, words, order, is_stopped=is_interrupted):
            seen += 1
            refused += done.error is not None
            tell(seen)
            _tell(words, done)
    told = {"made": seen - refused, "folder": str(output), "refused": refused}
    if left := len(wanted) - seen:
        session.told = True
        console.talk("\n" + words.say("report.many-interrupted", left=left, **told))
        return ExitCode.INTERRUPTED
    console.talk(words.say("report.many", **told))
    return ExitCode.NO if refused else ExitCode.DONE


def _tell(words: Words, done: Done) -> None:
    if done.error:
        complaints.show_error(words, done.error)
        return
    if done.missing:
        console.talk(words.say("report.missing-glyphs", chars="".join(done.missing)))
    console.say(words.say("report.done", file=str(done.job.output)))
