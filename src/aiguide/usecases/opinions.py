"""Classifying with a language model, and the local engine as second opinion."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.opinion import read_opinion, weighed
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.settings import Endpoint
from aiguide.core.words import Words
from aiguide.store import schemas, settings
from aiguide.usecases.classifying import Engine, Judged, classify

SECONDS = 60.0
QUOTED = 200
_NAMES = {"AIGUIDE_LLM_URL": "url", "AIGUIDE_LLM_MODEL": "model", "AIGUIDE_LLM_KEY": "key"}


def endpoint(beside: Path, own: Path, environment: Mapping[str, str]) -> Endpoint:
    """Find the language model that was set: the environment goes before `aiguide.toml`.

    The file is in `beside`, the project's folder, else in `own`, the person's configuration
    folder. A key is not sent to an address that only a project's file names: that may come from
    anybody. Raises: UnreadableError for the file, AiguideError `llm-not-set`, `llm-bad-url`,
    `llm-bad-key`, `llm-key-for-whom`.
    """
    file, path = settings.read((beside, own))
    given = {name: environment.get(name_of, "").strip() for name_of, name in _NAMES.items()}
    table = file.get("llm", {})
    url, model = given["url"] or table.get("url", ""), given["model"] or table.get("model", "")
    if not url or not model:
        raise AiguideError("llm-not-set")
    if not (given["key"].isascii() and given["key"].isprintable()):
        raise AiguideError("llm-bad-key")
    if given["key"] and not given["url"] and (path is None or path.parent != own):
        raise AiguideError("llm-key-for-whom", file=str(path))
    found = Endpoint(url, model, float(table.get("timeout", SECONDS)), given["key"])
    if not found.is_web_address:
        raise AiguideError("llm-bad-url", value=url.rpartition("@")[2])
    return found


def engine(
    endpoint: Endpoint, words: Words, guideline: Guideline, policy: ClassificationPolicy
) -> Engine:
    """Give the engine that asks a language model and the local engine.

    Where the model fails, the local engine's result stands. Raises: AiguideError `no-httpx`.
    """
    ask = _asker()

    def judge(text: str, answers: Mapping[str, str]) -> Judged:
        local = classify(guideline, policy, text, answers)
        if local.decided_by_answers:
            return Judged(local, local)
        try:
            said = ask(endpoint, _messages(words, guideline, text, answers), _schema(guideline))
            if schemas.check("opinion", said):
                quoted = json.dumps(said, ensure_ascii=False)[:QUOTED]
                raise AiguideError("llm-answer", said=quoted, reason="llm-misfit")
            opinion = read_opinion(guideline, policy, text, said)
            return Judged(weighed(guideline, policy, local, opinion), local, opinion)
        except AiguideError as failure:
            return Judged(local, local, None, failure)

    return judge


def _asker() -> Any:
    """Give the function that asks. Raises: AiguideError `no-httpx`."""
    try:
        from aiguide.remote.language_model import ask
    except ModuleNotFoundError:
        raise AiguideError("no-httpx") from None
    return ask


def _messages(
    words: Words, guideline: Guideline, text: str, answers: Mapping[str, str]
) -> list[dict[str, str]]:
    cells = [
        words.say(
            "prompt.cell",
            id=cell.id,
            domain=guideline.domain(cell.domain).title,
            title=cell.title,
            summary=cell.summary.text,
            choose=cell.choose_when.text,
        )
        for cell in guideline.cells
    ]
    data = json.dumps({"description": text, "answers": dict(answers)}, ensure_ascii=False)
    return [
        {"role": "system", "content": words.say("prompt.classify") + "\n\n" + "\n".join(cells)},
        {"role": "user", "content": data},
    ]


def _schema(guideline: Guideline) -> dict[str, Any]:
    """Give the schema of the answer, its cells spelt out."""
    schema: dict[str, Any] = json.loads(schemas.text("opinion"))
    wanted = {key: value for key, value in schema.items() if key[0] != "$" and key != "title"}
    wanted["properties"]["cell"] = {"enum": [*(cell.id for cell in guideline.cells), None]}
    return wanted
