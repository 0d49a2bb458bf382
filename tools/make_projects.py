"""Make projects to look at and to measure with: `make_projects.py COUNT FOLDER`.

All of them are made up and marked so. The same count gives the same files, in folders by bureau:
each stands somewhere between just begun and all done, with notes, due dates and exceptions.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from aiguide.core import checklist as checklists
from aiguide.core import recording
from aiguide.core.guideline import Guideline, Item
from aiguide.core.manifest import project_data
from aiguide.core.project import Answer, Classification, Project, Status
from aiguide.store import packs

TODAY = date(2026, 11, 24)
AT = "2026-10-01T01:00:00Z"
BUREAUS = tuple(
    f"{name}（架空）"
    for name in (
        *("海浜局", "里山環境局", "暮らしと学びの局", "道路みどり局", "産業交流局", "医療衛生局"),
        *(
            "子ども若者局",
            "水道下水局",
            "総合企画局",
            "防災危機管理局",
            "文化スポーツ交流推進局",
            "税財政局",
        ),
    )
)
SUBJECTS = (
    *(
        "ごみの分け方の問合せ",
        "道路の傷み",
        "会議の記録",
        "申請書の不備",
        "貸出し備品の予約",
        "水質の変化",
    ),
    *("イベントの混み具合", "研修資料", "多言語の案内", "設備の故障", "議事の要約", "補助金の相談"),
)
USES = (
    "に答えるチャット",
    "を見つける仕組み",
    "の下書き",
    "の見通し",
    "の振り分け",
    "を助ける助言",
)
# How often a project is in a phase: few are at their end.
PHASES = (5, 4, 3, 4, 1)


def projects(count: int, guideline: Guideline) -> Iterator[tuple[str, Project]]:
    """Give projects with the folders that they belong in."""
    chance = Random(count)
    for number in range(count):
        bureau = chance.choices(range(len(BUREAUS)), range(len(BUREAUS), 0, -1))[0]
        begun = _begun(number, BUREAUS[bureau], guideline, chance)
        yield f"bureau-{bureau + 1:02}/p{number + 1:05}", _answered(begun, guideline, chance)


def _begun(number: int, bureau: str, guideline: Guideline, chance: Random) -> Project:
    cells = chance.sample([cell.id for cell in guideline.cells], chance.choice((1, 1, 1, 1, 2)))
    unsure = chance.random() < 0.1
    project = Project(
        guideline_id=guideline.id,
        guideline_version=guideline.version,
        id=f"p{number + 1:05}",
        name=f"{chance.choice(SUBJECTS)}{chance.choice(USES)} {number + 1}",
        organization=bureau,
        owner=f"第{chance.randint(1, 9)}担当（架空）",
        phase=chance.choices(guideline.stages, PHASES)[0],
        example=True,
        conditions={one.id: chance.random() < 0.4 for one in guideline.conditions},
    )
    chosen = Classification(tuple(cells), "person", None, "区分担当（架空）")
    if unsure:
        chosen = Classification(tuple(cells[:1]), "local", 0.41)
    started = recording.start(project, by="例", at=AT)
    return recording.classify(started, chosen, by="例", at=AT)


def _answered(project: Project, guideline: Guideline, chance: Random) -> Project:
    """Answer what is asked up to the project's phase, more of it in some projects than others."""
    diligence = chance.choice((0.3, 0.7, 0.9, 1.0, 1.0))
    reached = guideline.stages[: guideline.stages.index(project.phase) + 1]
    for question in checklists.build(guideline, project, TODAY.isoformat()).questions:
        if question.item.phase in (*reached, "procurement") and chance.random() < diligence:
            given = _answer(question.item, chance, finished=diligence == 1.0)
            project = recording.answer(project, question.item.id, given, by="例", at=AT)
    return project


def _answer(item: Item, chance: Random, *, finished: bool) -> Answer:
    roll = chance.random()
    if item.exception_only or roll > 0.985:
        until = TODAY + timedelta(chance.randint(-30, 200))
        given = Answer(Status.EXCEPTION, reason="架空", approver="架空", until=until.isoformat())
    elif finished or roll < 0.88:
        given = Answer(Status.DONE, note="架空の記入例のメモ。" * chance.randint(1, 4))
    else:
        due = TODAY + timedelta(chance.randint(-40, 120))
        given = Answer(Status.IN_PROGRESS, assignee="架空", due=due.isoformat())
    stale = chance.random() < 0.002
    return replace(given, item_digest="0" * 8 if stale else item.digest)


def main() -> None:
    """Write the projects."""
    guideline, _ = packs.load("tokyo-ai@1")
    for folder, project in projects(int(sys.argv[1]), guideline):
        target = Path(sys.argv[2], folder)
        target.mkdir(parents=True, exist_ok=True)
        text = json.dumps(project_data(project), ensure_ascii=False, indent=2)
        (target / "project.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
