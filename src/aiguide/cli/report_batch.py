"""Making a report for every project of a folder: a bar meanwhile, a line for each at the end."""

from pathlib import Path

from aiguide.cli import complaints, console
from aiguide.cli.exits import ExitCode
from aiguide.cli.progress import progress
from aiguide.core.words import Words
from aiguide.usecases import report_batch
from aiguide.usecases.report_batch import Done
from aiguide.usecases.reports import Order


def run(words: Words, folder: Path, output: Path, order: Order) -> ExitCode:
    """Make the reports; NO where a project stood in the way of its own.

    Raises: AiguideError, as `report_batch.jobs` does.
    """
    wanted = report_batch.jobs(folder, output, order.format)
    refused = 0
    with progress(len(wanted)) as tell:
        for number, done in enumerate(report_batch.make(wanted, words, order), 1):
            tell(number)
            _tell(words, done)
            refused += done.error is not None
    made = len(wanted) - refused
    console.talk(words.say("report.many", made=made, folder=str(output), refused=refused))
    return ExitCode.NO if refused else ExitCode.DONE


def _tell(words: Words, done: Done) -> None:
    if done.error:
        complaints.show_error(words, done.error)
        return
    if done.missing:
        console.talk(words.say("report.missing-glyphs", chars="".join(done.missing)))
    console.say(words.say("report.done", file=str(done.job.output)))
