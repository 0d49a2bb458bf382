"""What an answer must carry for its status."""

from aiguide.core.project import Answer, Status


def lacking(answer: Answer) -> str | None:
    """Give the code (AG301-AG303) of what an answer lacks for its status, or None."""
    if answer.status is Status.DONE and not (answer.evidence or answer.note.strip()):
        return "AG301"
    if missing_fields(answer):
        return "AG302" if answer.status is Status.NOT_APPLICABLE else "AG303"
    return None


def missing_fields(answer: Answer) -> tuple[str, ...]:
    """Name the fields that an answer's status asks for and that are blank."""
    needed = {
        Status.NOT_APPLICABLE: ("reason",),
        Status.EXCEPTION: ("reason", "approver", "until"),
    }.get(answer.status, ())
    return tuple(name for name in needed if not (getattr(answer, name) or "").strip())


def is_web_address(target: str) -> bool:
    """Tell whether a piece of evidence is a web address with a host."""
    scheme, mark, rest = target.partition("://")
    return bool(mark) and scheme.lower() in ("http", "https") and bool(rest.split("/")[0].strip())
