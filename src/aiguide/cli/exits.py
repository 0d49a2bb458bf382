"""The exit codes that scripts rely on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end means."""

    DONE = 0
    NO = 1
    COULD_NOT = 2
    ABSTAINED = 3
    BUG = 70
    INTERRUPTED = 130
