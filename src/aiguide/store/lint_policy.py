"""Reading from when `guideline lint` speaks up."""

from aiguide.core.lint import LintPolicy
from aiguide.store import compiled, resources
from aiguide.store.policy_file import compile_file

NAME = "lint"


def load() -> LintPolicy:
    """Load the policy. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / f"{NAME}.yaml", compile_file)
    return LintPolicy(data["longest"], data["alike"], tuple(data["unwritten"]))
