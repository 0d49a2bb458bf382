"""A guideline of another city is used like ours: from a folder, or from an installed package."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.guidelines.conftest import edit
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits
from tests.terminal import PATIENCE, running

HARBOR = ROOT / "tests" / "own_packs" / "harbor"
INIT = ("--guideline", "harbor", "--cell", "quay.steer", "--condition", "bought=yes")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An organization's folder whose settings name its packs; the commands run elsewhere."""
    folder = tmp_path / "city"
    shutil.copytree(HARBOR, folder / "packs" / "harbor")
    (folder / "aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    (folder / "ferry").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return folder


@pytest.fixture
def ferry(run: Run, city: Path) -> Path:
    """A project that answers to the pack, two folders below its settings."""
    ran = run("init", city / "ferry", "--name", "渡し船", *INIT)
    assert ran.code == 0, ran.err
    return city / "ferry" / "project.json"


def test_a_project_goes_all_the_way_by_a_guideline_of_another_shape(
    run: Run, city: Path, ferry: Path
) -> None:
    started = json.loads(ferry.read_text(encoding="utf-8"))
    assert started["guideline"] == {"id": "harbor", "version": 1}
    assert started["project"]["phase"] == "idea"
    answers = city / "answers.json"
    rows = [{"item": id, "status": "済", "note": "記録"} for id in ("idea.reason", "buying.repair")]
    answers.write_text(json.dumps(rows), encoding="utf-8")
    assert run("check", ferry, "--from", answers).code == 0

    status = run("status", ferry, "--format", "json", "--today", TODAY).json
    assert (status["stance"], status["verdict"]) == ("storm", "do-not-deploy")
    assert [phase["id"] for phase in status["phases"]] == ["idea", "trial", "voyage", "buying"]
    assert status["phases"][0]["required"] == {"total": 2, "clear": 1}

    report = run("report", ferry, "-o", "-", "--format", "md", "--today", TODAY).out
    assert "港町市 AI利用の手引" in report
    assert "無人の船を出さない" in report
    assert "データ作成者の提案" in report
    assert "aiguide の提案" not in report

    portfolio = run("portfolio", city, "--format", "json", "--stance", "嵐").json
    assert [one["guideline"] for one in portfolio["projects"]] == ["harbor@1"]
    assert run("validate", city).code == 0
    assert run("validate", city, "--gate", "voyage").code == 1
    linted = run("guideline", "lint", city / "packs", "--strict")
    assert linted.code == 0, linted.out


def test_exceptions_are_about_to_expire_when_each_projects_own_pack_says_so(
    run: Run, city: Path, ferry: Path
) -> None:
    chat = city / "chat" / "project.json"
    chat.parent.mkdir()
    run("init", chat, "--name", "ごみ分別", "--cell", "citizen.information")
    given = ("exception", "--reason", "r", "--approver", "a", "--until", "2026-12-14")
    for file, item in ((ferry, "idea.reason"), (chat, "planning.purpose")):
        assert run("answer", file, item, *given).code == 0

    def survey(*args: str) -> Any:
        ran = run("portfolio", city, "--format", "json", "--today", TODAY, *args)
        fits("portfolio", ran.json)
        return ran.json

    both = survey()
    told = {one["name"]: one["expiring"] for one in both["projects"]}
    assert told == {"渡し船": 0, "ごみ分別": 1}, "20 days are left: harbor tells of 14, ours of 30"
    assert both["expiring_within"] is None
    assert "各案件のガイドラインが定める日数以内" in run("portfolio", city, "--today", TODAY).out
    assert [one["name"] for one in survey("--expiring")["projects"]] == ["ごみ分別"]
    given_span = survey("--within", "20")
    assert (given_span["totals"]["expiring"], given_span["expiring_within"]) == (2, 20)
    alone = run("portfolio", ferry, "--format", "json", "--today", TODAY).json
    assert alone["expiring_within"] == 14


@pytest.mark.parametrize(
    ("lang", "says"), [("ja", "港町市 AI利用の手引"), ("en", "Harbour City Guide to Using AI")]
)
def test_clauses_and_the_public_record_are_credited_to_the_pack_that_has_them(
    run: Run, ferry: Path, lang: str, says: str
) -> None:
    def report(template: str) -> str:
        args = ("--template", template, "--format", "md", "--today", TODAY, "--lang", lang)
        body, foot = run("report", ferry, "-o", "-", *args).out.rsplit("aiguide", 1)
        assert says in foot, "what the report was made with stands at its foot"
        return body

    clauses = report("procurement")
    assert says in clauses
    assert "aiguide" not in clauses + report("transparency")


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "ja",
            ("何を知らせるかを決めて書く", "知らせる文を書く: 外から買う（回答: はい）", "record"),
        ),
        ("en", ("what people should know", "written before publication: Bought", "record")),
    ],
)
def test_a_public_record_says_what_the_pack_lacks_for_it(
    run: Run, ferry: Path, lang: str, says: tuple[str, ...]
) -> None:
    args = ("--template", "transparency", "--today", TODAY, "--lang", lang)
    told = run("report", ferry, "-o", "-", *args, "--format", "md").out
    for said in (*says, "public"):
        assert said in told, said
    assert "\n\n## どんな" not in told.partition("お知らせすること")[2][:6], ()
    data = run("report", ferry, "-o", "-", *args, "--format", "json").json
    fits("transparency", data)
    assert data["blanks"] == []
    assert all(one["answer"] and one["sentence"] is None for one in data["conditions"])


def test_the_list_names_a_pack_of_ones_own_as_its_own(run: Run, city: Path, ferry: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(city)
        out = run("guideline", "list").out
        assert "港町市 AI利用の手引（架空）（初版） データ第1版" in " ".join(out.split())
        assert "aiguide" not in run("guideline", "show", "harbor").out
        assert "aiguide" not in run("matrix", "--guideline", "harbor").out.splitlines()[1]


def test_the_walk_credits_levels_as_the_list_does(run: Run, ferry: Path) -> None:
    listed = run("check", ferry, "--phase", "idea").out
    assert "必須（データ作成者の提案）" in listed
    with running("check", ferry, "--phase", "idea") as (terminal, walk):
        terminal.answer("[q]終了", "2")
        shown = terminal.until("[q]終了")
        terminal.enter("i")
        shown += terminal.until("Enter で戻る")
        terminal.enter("")
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "必須（データ作成者の提案）" in shown
    assert "aiguide の提案" not in shown


def test_who_has_no_cell_yet_is_led_to_those_of_the_guideline(run: Run, city: Path) -> None:
    here = city / "ferry" / "project.json"
    assert run("init", here, "--name", "渡し船", "--guideline", "harbor").code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(city)
        told = " ".join(run("status", here).out.split())
        assert "区分を決める（aiguide matrix --guideline harbor@1 で選ぶ）" in told
        assert "classify" not in told, "it judges by another guideline"
        refused = run("set", here, "--cell", "quay.ster")
        assert refused.code == 2
        assert "quay.steer" in refused.err
        assert "aiguide matrix --guideline harbor@1" in " ".join(refused.err.split())
        shown = run("matrix", "--guideline", "harbor").out
        (command,) = re.findall(r"aiguide (show ID .*)", shown)
        assert run(*command.replace("ID", "quay.steer").split()).code == 0
        settings = '[guideline]\npacks = "packs"\ndefault = "harbor"\n'
        (city / "aiguide.toml").write_text(settings, encoding="utf-8")
        assert "aiguide matrix で選ぶ" in run("status", here).out
        assert run("matrix").out.rstrip().endswith("aiguide show ID")


def test_cells_of_another_guideline_are_not_saved(run: Run, ferry: Path) -> None:
    before = ferry.read_bytes()
    given = ("--answer", "user=resident", "--answer", "purpose=service")
    ran = run(
        *("classify", "住民の質問に答える", *given, "--answer", "reach=information"),
        *("--save", ferry),
    )
    assert ran.code == 2
    assert "harbor@1" in ran.err
    assert ferry.read_bytes() == before


def test_a_gate_of_another_guideline_is_told_not_guessed(run: Run, ferry: Path) -> None:
    found = run("validate", ferry, "--gate", "planning", "--format", "json").json["findings"]
    assert [one["code"] for one in found] == ["AG314"]
    assert "idea" in found[0]["message"]
    assert run("validate", ferry, "--gate", "no-such-phase").code == 2


def test_a_pack_is_found_beside_the_project_where_it_runs_and_in_ones_own_settings(
    run: Run, ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone" / "project.json"
    alone.parent.mkdir()
    ferry.rename(alone)
    assert run("status", alone).code == 2, "no settings lead to it"
    monkeypatch.chdir(tmp_path / "city")
    assert run("status", alone).code == 0
    monkeypatch.chdir(tmp_path / "elsewhere")
    own = tmp_path / "config" / "aiguide"
    own.mkdir(parents=True)
    packs = tmp_path / "city" / "packs"
    (own / "aiguide.toml").write_text(f"[guideline]\npacks = {json.dumps(str(packs))}\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert run("status", alone).code == 0


def test_an_unknown_pack_is_named_with_the_folders_looked_at(
    run: Run, city: Path, ferry: Path
) -> None:
    edit(ferry, '"version": 1', '"version": 3')
    (finding,) = run("validate", ferry, "--format", "json").json["findings"]
    assert finding["code"] == "AG205"
    assert str(city / "packs") in finding["message"]
    assert "harbor@1" in finding["message"]


def test_a_broken_pack_stops_its_own_projects_only(run: Run, city: Path, ferry: Path) -> None:
    other = city / "other"
    other.mkdir()
    run("init", other, "--name", "ごみ分別", "--cell", "citizen.information")
    edit(city / "packs" / "harbor" / "1" / "cells.yaml", "domain: quay", "domain: quai")
    found = run("validate", city, "--format", "json")
    assert found.code == 1
    unusable = [one["file"] for one in found.json["findings"] if one["code"] == "AG208"]
    assert [Path(file).parent.name for file in unusable] == ["ferry"]
    assert found.json["files"] == 2
    portfolio = run("portfolio", city, "--format", "json")
    assert portfolio.code == 1
    assert [one["name"] for one in portfolio.json["projects"]] == ["ごみ分別"]


def test_the_list_tells_of_a_broken_pack_and_lists_the_others(
    run: Run, city: Path, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Path(shutil.copytree(city / "packs" / "harbor" / "1", city / "packs" / "harbor" / "2"))
    edit(second / "guideline.yaml", "version: 1", "version: 2")
    line = edit(second / "cells.yaml", "domain: quay", "domain: quai")
    monkeypatch.chdir(city)
    ran = run("guideline", "list")
    assert ran.code == 1
    assert all(name in ran.out for name in ("tokyo-ai@1", "ai-business@1", "harbor@1"))
    assert "harbor@2" not in ran.out
    for said in ("harbor@2", f"cells.yaml:{line}", "AG206", "aiguide guideline lint "):
        assert said in ran.err, said
    remedy = ran.err.rsplit("aiguide guideline lint ", 1)[1].strip()
    assert f"{line}:13" in run("guideline", "lint", remedy).out
    data = run("guideline", "list", "--format", "json")
    assert data.code == 1
    fits("packs", data.json)
    (broken,) = data.json["unusable"]
    assert (broken["name"], broken["code"], broken["line"]) == ("harbor@2", "AG206", line)
    assert run("status", ferry).code == 0, "what its own version says is sound"
    assert run("guideline", "show", "harbor@1").code == 0


def test_the_same_pack_in_two_places_is_refused(
    run: Run, city: Path, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(city / "packs", Path("packs"))
    Path("aiguide.toml").write_text('[guideline]\npacks = "packs"\n', encoding="utf-8")
    ran = run("status", ferry)
    assert ran.code == 2
    assert str(city / "packs") in ran.err


def second(city: Path, changes: str) -> Path:
    """Make version 2 of the pack, with an item reworded and `changes` declared."""
    folder = city / "packs" / "harbor"
    made = Path(shutil.copytree(folder / "1", folder / "2"))
    edit(made / "guideline.yaml", "version: 1", "version: 2")
    edit(made / "items" / "idea.yaml", "ja: 使うわけを書く", "ja: 使う理由を書く")
    if changes:
        (made / "changes.yaml").write_text(f"since: 1\nchanges: {changes}\n", encoding="utf-8")
    return made


DECLARED = "[{from: [idea.reason], to: [idea.reason], reason: {ja: 言葉を改めた, en: Worded anew}}]"


@pytest.mark.parametrize(
    ("changes", "level", "code"),
    [
        ("[]", "level: required", "AG221"),
        ("", "level: required", "AG625"),
        (DECLARED, "level: must", "AG112"),
    ],
    ids=["undeclared change", "no changes.yaml", "broken"],
)
def test_nothing_is_carried_to_a_version_that_does_not_lint(
    run: Run, city: Path, ferry: Path, changes: str, level: str, code: str
) -> None:
    made = second(city, changes)
    edit(made / "items" / "buying.yaml", "level: required", level)
    before = ferry.read_bytes()
    for args in ((ferry,), (ferry, "--to", "2"), (ferry, "--dry-run"), (city, "--dry-run")):
        ran = run("upgrade", *args)
        assert (ran.code, ran.out) == (2, ""), args
        assert code in ran.err
        assert f"{made}" in ran.err
        assert "aiguide guideline lint" in ran.err
    assert ferry.read_bytes() == before


def test_a_sound_version_of_ones_own_is_carried_to(run: Run, city: Path, ferry: Path) -> None:
    second(city, DECLARED)
    assert run("upgrade", city, "--dry-run").code == 0
    ran = run("upgrade", ferry)
    assert ran.code == 0, ran.err
    assert json.loads(ferry.read_text(encoding="utf-8"))["guideline"]["version"] == 2


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with the pack as data, installed as pip does: a folder and its dist-info."""
    site = tmp_path / "site-packages"
    shutil.copytree(HARBOR, site / "harbor_packs" / "harbor")
    (site / "harbor_packs" / "__init__.py").write_text("raise SystemExit('run for no reason')\n")
    info = site / "harbor_packs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: harbor-packs\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[aiguide.packs]\nharbor = harbor_packs\n")
    monkeypatch.syspath_prepend(str(site))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return site


def test_an_installed_package_brings_packs_and_none_of_its_code_runs(
    run: Run, installed: Path
) -> None:
    ran = run("init", "--name", "渡し船", *INIT)
    assert ran.code == 0, ran.err
    assert run("status").code == 0
    assert run("guideline", "lint", "harbor", "--strict").code == 0
    assert "harbor@1" in run("guideline", "list").out


def test_an_entry_point_that_leads_nowhere_is_named_with_the_remedy(
    run: Run, installed: Path
) -> None:
    shutil.rmtree(installed / "harbor_packs")
    ran = run("init", "--name", "渡し船", *INIT)
    assert ran.code == 2
    assert "harbor_packs" in ran.err
    assert run("init", "--name", "x").code == 0, "shipped packs need no package"


def test_new_leaves_settings_alone_and_says_what_to_add(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "aiguide.toml"
    settings.write_text("[validate]\nstrict = true\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        ran = run("guideline", "new", "our-city")
        assert 'packs = "our-packs"' in ran.out
        assert settings.read_text(encoding="utf-8") == "[validate]\nstrict = true\n"
        settings.write_text('[guideline]\npacks = "our-packs"\n', encoding="utf-8")
        assert run("init", "--name", "x", "--guideline", "our-city").code == 0
        again = run("guideline", "new", "our-city")
        assert again.code == 2
        assert "README.md" in again.err


def test_packs_are_found_in_every_folder_of_a_list(run: Run, city: Path, ferry: Path) -> None:
    settings = city / "aiguide.toml"
    shutil.copytree(city / "packs" / "harbor", city / "more" / "port")
    edit(city / "more" / "port" / "1" / "guideline.yaml", "id: harbor", "id: port")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(city)
        settings.write_text('[guideline]\npacks = ["packs", "more"]\n', encoding="utf-8")
        known = run("guideline", "list", "--format", "json").json["guidelines"]
        assert {"harbor@1", "port@1"} <= {one["name"] for one in known}
        settings.write_text('[guideline]\npacks = ["packs", "nowhere"]\n', encoding="utf-8")
        ran = run("guideline", "list")
        assert (ran.code, "nowhere" in ran.err, "aiguide.toml" in ran.err) == (2, True, True)


@pytest.mark.parametrize("value", ["[]", '[""]', "[1]", "3", '""', '{a = "b"}'])
def test_folders_of_packs_are_texts(run: Run, city: Path, ferry: Path, value: str) -> None:
    (city / "aiguide.toml").write_text(f"[guideline]\npacks = {value}\n", encoding="utf-8")
    ran = run("status", ferry)
    assert ran.code == 2
    assert "aiguide.toml:2" in ran.err


@pytest.mark.parametrize(
    ("name", "settings", "line"),
    [
        ("aiguide.toml", '[guideline]\npacks = "a"', 'packs = ["a", "b"]'),
        ("aiguide.toml", '[guideline]\npacks = ["a", "c"]', 'packs = ["a", "c", "b"]'),
        ("pyproject.toml", '[tool.aiguide.guideline]\npacks = "a"', 'packs = ["a", "b"]'),
    ],
)
def test_new_in_another_folder_says_to_add_it_to_the_list(
    run: Run, tmp_path: Path, name: str, settings: str, line: str
) -> None:
    """What it prints takes the place of the old line, and then both folders count."""
    file = tmp_path / name
    file.write_text(f"{settings}\n", encoding="utf-8")
    for one in ("a", "c"):
        (tmp_path / one).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        said = run("guideline", "new", "our-city", "b").out
        assert line in said.splitlines()
        assert settings.splitlines()[0] in said
        edit(file, settings.splitlines()[1], line)
        assert run("guideline", "show", "our-city").code == 0


def test_new_below_settings_that_name_packs_does_not_hide_them(run: Run, city: Path) -> None:
    (city / "here").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(city / "here")
        assert 'packs = ["packs", "here/ours"]' in run("guideline", "new", "our-city", "ours").out
        assert run("guideline", "show", "harbor").code == 0


@pytest.mark.parametrize(
    "id", ["tokyo-ai", "Our-City", "我が市", "our city", "", "-our", "a.b.c", "../our", "our\n"]
)
def test_new_takes_an_id_that_can_be_one(run: Run, tmp_path: Path, id: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert run("guideline", "new", id).code == 2
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("id", ["our_city", "our.city", "c2-x"])
def test_new_and_lint_take_the_same_ids(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("guideline", "new", id).code == 0
    assert run("guideline", "lint", id).code == 0
    assert run("matrix", "--guideline", id).code == 0


def test_what_validate_advises_can_be_run_as_it_stands(
    run: Run, city: Path, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(city)
    found = run("validate", "ferry", "--gate", "idea", "--format", "json").json
    fixes = {one["code"]: one["fix"] for one in found["findings"]}
    command = re.search(r"aiguide (show \S+( --guideline \S+)?) ", fixes["AG308"])
    assert command, fixes
    assert run(*command[1].split(" ")).code == 0


@pytest.fixture
def with_default(city: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The city's settings also take its pack where none is named; the commands run there."""
    said = '[guideline]\npacks = "packs"\ndefault = "harbor"\n'
    (city / "aiguide.toml").write_text(said, encoding="utf-8")
    monkeypatch.chdir(city)
    return city


def test_settings_say_which_guideline_is_meant_where_none_is_named(
    run: Run, with_default: Path
) -> None:
    assert "quay.steer" in run("matrix").out
    assert run("show", "quay.steer").code == 0
    assert run("show", "citizen.action", "--guideline", "tokyo-ai").code == 0
    ran = run("init", "ferry", "--name", "渡し船", "--cell", "quay.steer")
    assert ran.code == 0, ran.err
    manifest = json.loads(Path("ferry/project.json").read_text(encoding="utf-8"))
    assert manifest["guideline"] == {"id": "harbor", "version": 1}


def test_a_project_elsewhere_takes_the_default_of_its_own_folder(
    run: Run, with_default: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "citizen.action" in run("matrix").out
    assert run("init", with_default / "ferry", "--name", "x", "--cell", "quay.steer").code == 0


def test_what_cannot_classify_says_so_by_default_too(run: Run, with_default: Path) -> None:
    ran = run("classify", "渡し船を自動で動かす")
    assert ran.code == 2
    assert "harbor@1" in ran.err


def test_a_default_that_is_no_guideline_is_named_with_its_file(
    run: Run, with_default: Path
) -> None:
    Path("aiguide.toml").write_text('[guideline]\ndefault = "hrabor"\n', encoding="utf-8")
    ran = run("matrix")
    assert ran.code == 2
    assert "hrabor" in ran.err
    assert str(with_default / "aiguide.toml") in ran.err
    Path("aiguide.toml").write_text("[guideline]\ndefault = 3\n", encoding="utf-8")
    assert "AG113" in run("matrix").err


def test_a_guideline_lists_the_conditions_that_projects_are_asked_for(
    run: Run, with_default: Path
) -> None:
    assert "bought" in run("guideline", "show", "harbor").out
    shown = run("guideline", "show", "harbor", "--format", "json").json
    fits("pack", shown)
    assert "bought" in [one["id"] for one in shown["conditions"]]


@pytest.mark.parametrize("place", ["harbor/v1", "deeper/harbor/1", "1", "harbor"])
def test_a_guideline_in_the_wrong_place_is_told_as_such(
    run: Run, with_default: Path, place: str
) -> None:
    packs = with_default / "packs"
    shutil.move(packs / "harbor" / "1", with_default / "kept")
    shutil.rmtree(packs)
    root = packs / "harbor" if place == "1" else packs
    shutil.copytree(with_default / "kept", root / place)
    settings = f'[guideline]\npacks = "{root.relative_to(with_default).as_posix()}"\n'
    Path("aiguide.toml").write_text(settings, encoding="utf-8")
    ran = run("matrix", "--guideline", "harbor")
    assert ran.code == 2
    assert str(root / place) in "".join(ran.err.split())
    assert "<id>/<版の数字>/guideline.yaml" in "".join(ran.err.split())
