"""`classify` as its users and their scripts see it."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.contracts import fits
from tests.terminal import PATIENCE, running

TAKE, ANEW = "Enter この区分で決める", "- 質問で確かめる"
CHATBOT = "住民からのごみ分別の問い合わせにAIが24時間答える"


def test_a_clear_idea_gets_a_cell_its_stance_and_the_words_that_led_there(run: Run) -> None:
    ran = run("classify", CHATBOT)
    assert ran.code == 0
    for said in ("都民サービス - 情報提供・検索", "citizen.information", "● 青", "次点"):
        assert said in ran.out
    assert any(
        f"「{words}」" in ran.out for words in ("住民からの", "問い合わせに", "24時間答える")
    )


def test_each_question_is_answered_beside_the_words_that_spoke_for_it(run: Run) -> None:
    out = run("classify", "児童相談所の職員が、通告の記録から一時保護の要否の点数を見る").out
    assert re.search(r"使う人 +職員側  「職員が」", out)
    assert re.search(r"目的 +住民サービス  「児童相談所の」", out)
    assert re.search(r"AIの役割 +判断支援  「", out)


def test_the_nearest_case_of_the_cell_is_named_with_its_source(run: Run) -> None:
    for text, case in (
        ("都税について納税者の質問にチャットボットが答える", "都税の問合せ"),
        ("動物園の来園者に、動物の場所を聞かれたら案内するボット", "園内の案内"),
    ):
        ran = run("classify", text)
        near = ran.out.partition("近い例")[2].partition("次点")[0]
        assert case in near
        assert "〔" in near


def test_several_uses_are_to_be_taken_one_by_one(run: Run) -> None:
    ran = run("classify", "①観光客の質問に答える案内ボット ②人事課の退職者数の予測 ③議事録づくり")
    assert ran.code == 3
    assert "一つずつ" in ran.out.replace("\n", "")


SEVERAL = "防災の問合せに答えるチャットボットと、職員の議事録の作成"


def test_a_person_is_told_of_several_uses_before_any_question() -> None:
    with running("classify", SEVERAL, "-i") as (terminal, process):
        shown = terminal.until("使い方を一つだけ書く").replace("\n", "")
        assert "二つ以上の使い方が入っているようです" in shown
        assert "一つずつ調べてください" in shown
        assert "citizen.information" in shown, "which uses were found"
        assert "internal.writing" in shown
        assert "AIはどこまで" not in shown
        terminal.enter("職員の会議の議事録をAIが作成する")
        terminal.answer(ANEW, "")
        shown = terminal.until("次にすること")
        assert "職員内部業務 - 文書作成支援" in shown
        assert "二つ以上" not in shown
        assert process.wait(PATIENCE) == 0


def test_who_takes_several_uses_for_one_is_told_again_beside_the_cell() -> None:
    with running("classify", SEVERAL, "-i") as (terminal, process):
        terminal.answer("使い方を一つだけ書く", "")
        terminal.answer("0-5", "2")
        terminal.answer(TAKE, "はい")
        shown = terminal.until("次にすること")
        assert "ほかの使い方は、分けて調べてください" in "".join(shown.split())
        assert process.wait(PATIENCE) == 0


def test_answers_do_not_hide_that_there_are_several_uses(run: Run) -> None:
    answers = ("--answer", "user=staff", "--answer", "purpose=internal")
    decided = run("classify", SEVERAL, *answers, "--answer", "reach=writing")
    assert decided.code == 0
    assert "二つ以上の使い方が入っているようです" in decided.out


def test_a_person_is_asked_only_what_the_description_leaves_open() -> None:
    with running("classify", "窓口の職員をAIで助ける", "--interactive") as (terminal, process):
        asked = terminal.until("番号")
        assert "最後は何のため" in asked
        assert "誰が使いますか" not in asked
        terminal.enter("９")
        assert "選べません" in terminal.until("番号")
        terminal.enter("１")
        assert "AIはどこまで" in terminal.until("番号")
        terminal.enter("３")
        assert "判断支援 ● 黄" in terminal.until(TAKE)
        terminal.enter("")
        assert "答え: 判断支援" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_a_question_is_explained_and_can_be_gone_back_to() -> None:
    with running("classify", "窓口の対応をAIで助ける", "-i") as (terminal, process):
        assert "誰が使いますか" in terminal.until("番号")
        terminal.enter("b")
        terminal.until("説明 / Enter このまま")
        assert "[窓口の対応をAIで助ける]" in terminal.until(": ")
        terminal.enter("")
        terminal.answer("番号", "")
        assert "入力が必要です" in terminal.until("番号")
        terminal.enter("？")
        assert "職員側: 都民サービス関連業務 / 職員内部業務" in terminal.until("番号")
        terminal.enter("2")
        assert "最後は何のため" in terminal.until("番号")
        terminal.enter("2")
        assert "AIはどこまで" in terminal.until("番号")
        terminal.enter("ヘルプ")
        assert "文書作成支援: " in terminal.until("番号")
        terminal.enter("ｂ")
        assert "最後は何のため" in terminal.until("番号")
        terminal.enter("戻る")
        assert "誰が使いますか" in terminal.until("番号")
        terminal.enter("1")
        assert "AIはどこまで" in terminal.until("番号")
        terminal.enter("1")
        terminal.answer(TAKE, "")
        assert "都民サービス - 情報提供・検索" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_what_comes_second_is_named_before_the_first_is_taken() -> None:
    text = "避難所の混み具合をカメラの映像からAIで推定し、住民にスマホで知らせる"
    with running("classify", text, "-i") as (terminal, process):
        terminal.answer("Enter このまま質問へ", "")
        terminal.answer("0-2", "1")
        offered = terminal.until(TAKE)
        assert "都民サービス - 情報提供・検索 ● 青" in offered
        assert re.search(r"次点 +都民サービス - 予測・最適化 ● 黄", offered)
        terminal.enter("?")
        explained = terminal.until(TAKE)
        assert "誰が聞いても同じ内容を返す" in explained
        assert "聞かれたことに答えるだけなら、こちら" in explained
        terminal.enter("")
        assert "citizen.information" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_what_the_last_answer_decided_can_be_gone_back_on_before_it_is_saved(
    run: Run, project: Path
) -> None:
    text = "窓口の職員をAIで助ける"
    with running("classify", text, "-i", "--save", project) as (terminal, process):
        terminal.answer("0-2", "1")
        terminal.answer("0-5", "2")
        assert "都民サービス関連業務 - データ分析" in terminal.until(TAKE)
        terminal.enter("3")
        assert "「3」は使えません" in terminal.until(TAKE)
        terminal.enter("ｂ")
        assert "AIはどこまで" in terminal.until("0-5")
        terminal.enter("3")
        assert "都民サービス関連業務 - 判断支援" in terminal.until(TAKE)
        terminal.enter("")
        assert process.wait(PATIENCE) == 0
    saved = json.loads(project.read_text(encoding="utf-8"))["classification"]
    assert saved["cells"] == ["related.judgment"]


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("窓口の職員をAIで助ける", "aiguide classify -i '窓口の職員をAIで助ける'"),
        ("窓口の職員を'AI'で助ける", """aiguide classify -i '窓口の職員を'"'"'AI'"'"'で助ける'"""),
        ("窓口の職員を\nAIで助ける", "aiguide classify -i"),
        ("窓口の職員をAIで助ける。" * 30, "aiguide classify -i"),
    ],
)
def test_what_is_undecided_comes_with_the_command_that_asks(
    run: Run, text: str, pasted: str
) -> None:
    ran = run("classify", text)
    assert ran.code == 3
    assert pasted in [line.strip() for line in ran.out.splitlines()]


def test_the_command_that_asks_keeps_the_options(run: Run, project: Path) -> None:
    out = run("classify", "AIで助ける", "--answer", "user=staff", "--save", project).out
    assert f"aiguide classify -i 'AIで助ける' --answer=user=staff --save={project}" in out


def test_nobody_is_asked_where_the_description_decides(run: Run) -> None:
    assert run("classify", CHATBOT, "--interactive").out == run("classify", CHATBOT).out


def test_who_gives_no_text_is_asked_for_it() -> None:
    with running("classify", "--interactive") as (terminal, process):
        terminal.answer("一、二文で", CHATBOT)
        assert "情報提供・検索" in terminal.until(ANEW)
        terminal.enter("")
        terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_a_question_is_not_answered_twice(run: Run) -> None:
    ran = run("classify", CHATBOT, "--answer", "user=staff", "--answer", "user=resident")
    assert ran.code == 2
    assert "user に二つの答えがあります" in ran.err


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "text",
    [
        CHATBOT,
        "職員が旅費の規程を生成AIに尋ねる",
        "Staff ask a chatbot how to fill in travel forms",
        "都民の申請をAIが審査し、人の確認なしに自動で決定する",
        "防犯カメラの映像から異常を検知し、ログを保存する",
    ],
)
def test_a_decision_fits_on_a_screen(run: Run, text: str, lang: str) -> None:
    ran = run("classify", text, "--lang", lang)
    assert ran.code == 0
    blank, *lines = ran.out.splitlines()
    assert not blank
    assert len(lines) < 24


def test_in_english_too(run: Run) -> None:
    ran = run("classify", "A chatbot that answers residents' questions about waste", "--lang", "en")
    assert ran.code == 0
    assert "Services for residents - Information provision & search" in ran.out


def test_in_doubt_it_says_so_asks_and_ends_in_3(run: Run) -> None:
    ran = run("classify", "窓口の対応をAIで助ける")
    assert ran.code == 3
    assert "まだ決められません" in ran.out
    assert "--answer user=resident" in ran.out


def test_answers_are_taken_into_account(run: Run) -> None:
    answers = ("--answer", "user=staff", "--answer", "purpose=internal")
    ran = run("classify", "窓口の対応をAIで助ける", *answers, "--format", "json")
    assert ran.json["candidates"][0]["cell"].startswith("internal.")


@pytest.mark.parametrize(
    ("answers", "cell"),
    [
        ({"user": "resident", "reach": "personalized"}, "citizen.personalized"),
        ({"user": "staff", "purpose": "service", "reach": "judgment"}, "related.judgment"),
        ({"user": "staff", "purpose": "internal", "reach": "autonomous"}, "internal.autonomous"),
    ],
)
def test_answered_questions_decide_by_themselves(
    run: Run, answers: dict[str, str], cell: str
) -> None:
    args = [arg for id, option in answers.items() for arg in ("--answer", f"{id}={option}")]
    for text in ("AIを使いたい", CHATBOT, "한국어"):
        ran = run("classify", text, *args, "--format", "json")
        assert (ran.code, ran.json["cell"]) == (0, cell)


def test_the_json_is_the_contract(run: Run) -> None:
    data = run("classify", CHATBOT, "--format", "json").json
    fits("classification", data)
    assert len(data["candidates"]) == 15
    assert sum(one["confidence"] for one in data["candidates"]) == pytest.approx(1, abs=0.001)
    for clue in data["evidence"]:
        assert CHATBOT[clue["start"] : clue["end"]] == clue["text"]


def test_evidence_points_into_the_text_as_it_was_written(run: Run) -> None:
    text = "㈱の話はさておき、ｼﾞｭｳﾐﾝではなく住民が問い合わせる窓口で、ＡＩが回答する"
    data = run("classify", text, "--format", "json").json
    assert data["evidence"]
    for clue in data["evidence"]:
        assert text[clue["start"] : clue["end"]] == clue["text"]


@pytest.mark.parametrize("text", ["AIを使いたい", "한국어로 쓴 설명", "😀😀😀", "Use AI"])
def test_what_says_nothing_is_not_decided(run: Run, text: str) -> None:
    ran = run("classify", text, "--format", "json")
    assert ran.code == 3
    fits("classification", ran.json)
    assert ran.json["cell"] is None
    assert ran.json["reason"]


SILENT = (
    "AIを使う",
    "AIを活用したい",
    "use AI",
    "chatGPT",
    "椅子を買い替える",
    "翻訳",
    "replace the office chairs",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_says_nothing_of_the_work_is_decided_by_the_answers_alone(run: Run, text: str) -> None:
    answers: list[str] = []
    for question, option in (("user", "staff"), ("purpose", "internal"), ("reach", "advice")):
        ran = run("classify", text, *answers, "--format", "json")
        assert (ran.code, ran.json["cell"], ran.json["evidence"]) == (3, None, [])
        assert [one["id"] for one in ran.json["questions"]] == [question]
        answers += ["--answer", f"{question}={option}"]
    ran = run("classify", text, *answers, "--format", "json")
    assert (ran.code, ran.json["cell"]) == (0, "internal.advice")


def test_an_answer_against_the_description_leaves_all_to_the_answers(run: Run) -> None:
    text = "市史を本にまとめる"  # read as staff's writing
    assert run("classify", text, "--format", "json").json["cell"].startswith("internal.")
    ran = run("classify", text, "--answer", "user=resident", "--format", "json")
    assert (ran.code, ran.json["cell"]) == (3, None)
    assert [one["id"] for one in ran.json["questions"]] == ["reach"]


def test_the_decision_is_saved_with_how_sure_it_was(run: Run, project: Path) -> None:
    assert run("classify", CHATBOT, "--save", project).code == 0
    saved = json.loads(project.read_text(encoding="utf-8"))["classification"]
    assert saved["cells"] == ["citizen.information"]
    assert saved["engine"] == "local"
    assert "confirmed_by" not in saved


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--answer", "user"), "user"),
        (("--answer", "uzer=staff"), "もしかして: user"),
        (("--answer", "user=staf"), "もしかして: staff"),
        (("--answer", "user=staff", "--answer", "reach=personalized"), "personalized"),
        (("--format", "xml"), "xml"),
        (("--engine", "magic"), "magic"),
    ],
)
def test_a_wrong_call_is_explained(run: Run, args: tuple[str, ...], said: str) -> None:
    ran = run("classify", CHATBOT, *args)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    ("text", "autonomous"),
    [
        ("水門の開け閉めを決める職員を助けるため、AIが水位を見込む", False),
        ("水門の開け閉めを、職員の確認なしにAIが決めて動かす", True),
        ("審査の結果はAIが出すが、可否は職員が決める", False),
        ("給付の申請を審査し、職員の確認なしに支給を決定して振り込む", True),
        ("給付の申請を審査する。職員の確認なしには支給しない", False),
        ("The system closes cases without human review", True),
        ("審査して支給まで済ませる。職員が決めることはなく、誰も見ないまま振り込まれる", True),
    ],
)
def test_who_decides_at_the_end_is_not_outvoted(run: Run, text: str, autonomous: bool) -> None:
    first = run("classify", text, "--format", "json").json["candidates"][0]["cell"]
    assert first.endswith(".autonomous") is autonomous


@pytest.mark.parametrize("text", [CHATBOT, "AIを使う"])
def test_what_cannot_be_saved_is_refused_before_anything_is_said(
    run: Run, tmp_path: Path, text: str
) -> None:
    ran = run("classify", text, "--save", tmp_path / "none.json")
    assert (ran.code, ran.out) == (2, "")
    assert "none.json" in ran.err
    assert "aiguide init" in ran.err


def test_a_cell_of_another_guideline_is_refused_before_anything_is_said(
    run: Run, tmp_path: Path
) -> None:
    other = tmp_path / "project.json"
    assert run("init", other, "--name", "x", "--guideline", "ai-business").code == 0
    ran = run("classify", CHATBOT, "--save", other)
    assert (ran.code, ran.out) == (2, "")
    assert "ai-business" in ran.err


def test_a_saved_classification_leads_on_to_its_project(run: Run, project: Path) -> None:
    given = ("--answer", "user=resident", "--answer", "purpose=service")
    answers = (*given, "--answer", "reach=information")
    ran = run("classify", *answers, "--save", project)
    assert ran.code == 0
    assert f"aiguide check {project}" in ran.out
    assert "aiguide init" not in ran.out
    assert "aiguide init --cell" in run("classify", *answers).out


def test_before_the_first_question_the_description_is_written_anew_or_taken_back() -> None:
    with running("classify", "窓口の対応をAIで助ける", "-i") as (terminal, process):
        terminal.answer("番号", "b")
        terminal.answer("Enter このまま", "-")
        terminal.answer("番号", "b")
        terminal.answer("Enter 質問だけで", "職員の会議の議事録をAIが作成する")
        terminal.answer(ANEW, "")
        assert "職員内部業務 - 文書作成支援" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("key", ["q", "ｑ", "Ｑ"])
def test_without_a_text_it_asks_at_a_terminal_and_q_leaves(key: str) -> None:
    with running("classify") as (terminal, process):
        terminal.answer("q やめる", key)
        terminal.until("何も保存していません")
        assert process.wait(PATIENCE) == 3


def test_the_first_question_has_the_keys_of_all_others_and_refuses_a_letter_or_two() -> None:
    with running("classify") as (terminal, process):
        for given, said in (
            ("？", "例: 住民からのごみ分別の問合せ"),
            ("ｂ", "これが最初の質問です"),
            ("あ", "「あ」だけでは、何をするのか分かりません"),
            ("AI", "「AI」だけでは"),
        ):
            terminal.answer("q やめる", given)
            terminal.until(said)
        terminal.answer("q やめる", "")
        assert "誰が使いますか" in terminal.until("0-2")
        terminal.enter("q")
        assert process.wait(PATIENCE) == 3


def test_a_description_that_says_nothing_is_added_to_until_it_does() -> None:
    with running("classify", "-i") as (terminal, process):
        terminal.answer("q やめる", "AIを使う")
        assert "AIに何をさせるのかが読み取れません" in terminal.until("書き足す")
        terminal.enter("職員が会議の録音から議事録の下書きを作る")
        terminal.answer(ANEW, "")
        assert "職員内部業務 - 文書作成支援" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_what_is_added_is_not_held_against_by_a_description_that_says_nothing() -> None:
    with running("classify", "-i") as (terminal, process):
        terminal.answer("q やめる", "AIを使う")
        terminal.answer("書き足す", "クレーム電話を文字にして要約する")
        terminal.answer(ANEW, "")
        assert "定型業務補助" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_a_description_that_says_nothing_can_be_written_anew_or_left_to_the_questions() -> None:
    with running("classify", "AIを使う", "-i") as (terminal, process):
        terminal.answer("b 書き直す", "b")
        terminal.answer("q やめる", "AIを活用したい")
        terminal.answer("b 書き直す", "")
        for question in ("誰が使いますか", "最後は何のため", "AIはどこまで"):
            assert question in terminal.until("0-")
            terminal.enter("2")
        terminal.answer(TAKE, "")
        shown = terminal.until("次にすること")
        assert "質問への答えで決まりました" in shown
        assert "「" not in shown.partition("近い例")[0].partition("なぜ")[2]  # nothing is quoted
        assert process.wait(PATIENCE) == 0


def test_what_is_no_use_of_ai_has_a_way_out() -> None:
    with running("classify", "椅子を買い替える", "-i") as (terminal, process):
        assert "AIの使い方が見当たりません" in "".join(terminal.until("書き足す").split())
        terminal.enter("")
        terminal.answer("0-2", "０")
        terminal.until("当てはまる区分はありません（区分はAIの使い方")
        assert process.wait(PATIENCE) == 3


def test_a_number_that_is_not_offered_is_told_the_choices_as_they_were_shown() -> None:
    with running("classify", "窓口の職員をAIで助ける", "-i") as (terminal, process):
        terminal.answer("0-2", "99")
        said = terminal.until("0-2")
        choices = ("1  住民や事業者へのサービス", "2  庁内の仕事", "0  AIは使わない")
        for one in (*choices, "0 から 2 まで"):
            assert one in said
        terminal.enter("q")
        assert process.wait(PATIENCE) == 3


@pytest.mark.parametrize("text", ["AIを使う", "replace the office chairs"])
def test_where_the_description_says_nothing_no_cell_is_named(run: Run, text: str) -> None:
    ran = run("classify", text)
    assert ran.code == 3
    assert not re.search(r"(citizen|related|internal)\.", ran.out)
    assert "一文足してください" in "".join(ran.out.split())


@pytest.mark.parametrize(
    "text",
    [
        "AIは使わずに、職員が手作業で窓口の申請書を仕分ける",
        "ＡＩを使わないで、職員が手作業で窓口の申請書を仕分ける",
        "この窓口ではAIを利用せず、職員が住民の問合せに電話で答える",
        "会議の議事録は職員が書く（AIは使わない）",
        "人工知能は用いません。職員が申請書を目で確かめます",
        "AIには頼らず、職員が窓口で答える",
        "AIなしで、職員が会議の議事録を書く",
        "Staff sort the application forms by hand, without using AI",
        "No AI is used; staff sort applications at the counter by hand",
        "Staff answer residents by phone. AI isn't used.",
        "We do not use any artificial intelligence here; clerks type the forms",
    ],
)
def test_what_says_that_no_ai_is_used_is_no_use_of_ai(run: Run, text: str) -> None:
    ran = run("classify", text, "--format", "json")
    assert (ran.code, ran.json["cell"], ran.json["reason"]) == (3, None, "not-ai")
    assert "AIの使い方が見当たりません" in run("classify", text).out


@pytest.mark.parametrize(
    "text",
    [
        "AIを使わない手作業を、AIに置き換える",
        "生成AIは使わず、カメラの画像認識で不法投棄を見つける",
        "外部のAIは使わず、都の共通ツールで文書を要約する",
        "AIは使わず、チャットボットが住民の問合せに答える",
        "AIが申請書を読み取り、可否にはAIを使わず職員が決める",
        "最終判断にはAIを使わず、ほかは機械で仕分ける",
        "これまでAIを使わず手作業で行っていた仕分けを、機械に任せる",
        "AIを使わないと間に合わない申請書の仕分けを助ける",
        "個人情報をAIに使わない形で、住民の問合せに答える",
        "AIを使わない職員にも使えるよう、文書の下書きを作る",
        "AIなしでは回らない窓口で、住民の問合せに答える",
        "instead of working without AI, a chatbot answers residents' questions",
        "Work that was done without AI until now is sorted by machine",
        "The tool works without generative AI: it forecasts demand from weather data",
        "No AI expertise is needed: residents ask and are answered day and night",
        "AI is not used for the final decision; forms are read by machine",
        "Nothing is paid without AI; it ranks the applications",
    ],
)
def test_a_use_of_ai_that_speaks_of_doing_without_is_not_taken_for_none(
    run: Run, text: str
) -> None:
    assert run("classify", text, "--format", "json").json["reason"] != "not-ai"


def test_a_cell_of_a_description_that_does_not_name_ai_says_so(run: Run) -> None:
    note = "AIを使うなら（説明に「AI」とありません）"
    assert note in run("classify", "防犯カメラの映像から異常を検知し、ログを保存する").out
    for text in (CHATBOT, "ＡＩで防犯カメラの映像から異常を検知する", "住民に答えるチャットボット"):
        assert note not in run("classify", text).out


def test_who_breaks_off_is_told_that_nothing_was_saved() -> None:
    with running("classify", "-i") as (terminal, process):
        terminal.answer("q やめる", "\x04")
        terminal.until("何も保存していません")
        assert process.wait(PATIENCE) == 130


def test_who_gave_i_is_asked_also_where_the_description_decides_alone() -> None:
    with running("classify", CHATBOT, "-i") as (terminal, process):
        asked = terminal.until(ANEW)
        assert "尋ねることは残っていません" in asked
        assert "都民サービス - 情報提供・検索" in asked
        assert "次にすること" not in asked
        terminal.enter("?")
        assert "質問だけで判断し直す" in "".join(terminal.until(ANEW).split())
        terminal.enter("")
        assert "citizen.information" in terminal.until("次にすること")
        assert process.wait(PATIENCE) == 0


def test_the_questions_decide_alone_where_they_are_asked_for(run: Run, project: Path) -> None:
    with running("classify", CHATBOT, "-i", "--save", project) as (terminal, process):
        terminal.answer(ANEW, "-")
        assert "誰が使いますか" in terminal.until("0-2")
        terminal.enter("2")
        terminal.answer("0-2", "2")
        terminal.answer("0-5", "2")
        assert "職員内部業務 - 文書作成支援" in terminal.until(TAKE)
        terminal.enter("")
        assert process.wait(PATIENCE) == 0
    assert json.loads(project.read_text())["classification"]["cells"] == ["internal.writing"]


@pytest.mark.parametrize("back", [(), ("-",)])
def test_b_goes_back_from_there_to_the_description(back: tuple[str, ...]) -> None:
    with running("classify", CHATBOT, "-i") as (terminal, process):
        terminal.until(ANEW)
        for key in back:
            terminal.enter(key)
            terminal.until("0-2")
        terminal.enter("b")
        terminal.answer("説明 / ", "職員の会議の議事録をAIが作成する")
        assert "職員内部業務 - 文書作成支援" in terminal.until(ANEW)
        terminal.enter("q")
        assert process.wait(PATIENCE) == 3


def test_no_terminal_and_json_are_as_they_were(run: Run) -> None:
    ran = run("classify", CHATBOT, "-i", "--format", "json")
    assert (ran.code, ran.json["cell"]) == (0, "citizen.information")
