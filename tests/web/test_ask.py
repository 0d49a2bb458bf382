"""The page that asks for an idea: what is typed stays, and what is no use of AI has a way out."""

import pytest
from starlette.testclient import TestClient

from tests.web.reading import Page, seen, sent

TOO_MUCH = "あ" * 20_001


def asked(client: TestClient, text: str, lang: str = "ja", **answers: str) -> Page:
    """Send an idea, and give the page that comes of it."""
    form = seen(client, f"/{lang}/ask").form(f"/{lang}/ask")
    answer = sent(client, form, text=text, **answers)
    return seen(client, answer.headers["location"])


@pytest.mark.parametrize("text", ["AIを使う", "椅子を買い替える", "ひらがな\ud7ff", "한국어"])
def test_the_other_language_keeps_what_was_typed(client: TestClient, text: str) -> None:
    page = asked(client, text)
    english = next(one for one in page.links if one.startswith("/en/ask/"))
    assert seen(client, english).form("/en/ask").values["text"] == [text]


def test_an_answer_that_is_none_is_said_with_what_was_typed_in_both_languages(
    client: TestClient,
) -> None:
    page = asked(client, "職員が会議の議事録を作る", user="nobody")
    assert page.status == 422
    assert "nobody" in page.text
    english = seen(client, next(one for one in page.links if one.startswith("/en/ask/")))
    assert english.status == 422
    assert english.form("/en/ask").values["text"] == ["職員が会議の議事録を作る"]


def test_an_idea_of_nothing_is_asked_for(client: TestClient) -> None:
    page = asked(client, " ")
    assert page.status == 422
    assert "例: 住民の問合せにAIが答える" in page.text


def test_what_is_too_long_to_be_kept_is_shown_again(client: TestClient) -> None:
    form = seen(client, "/ja/ask").form("/ja/ask")
    answer = sent(client, form, text=TOO_MUCH)
    assert answer.status_code == 422
    assert TOO_MUCH in answer.text


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("ja", "AIを使う", "一文足してください"),
        ("ja", "庁舎の駐車場を広げたい", "AIの使い方が見当たりません"),
        ("en", "replace the office chairs", "no use of AI is seen"),
    ],
)
def test_where_an_idea_says_nothing_no_cell_is_proposed(
    client: TestClient, lang: str, text: str, said: str
) -> None:
    page = asked(client, text, lang)
    assert said in page.text
    assert not [one for one in page.links if f"/{lang}/cells/" in one]
    for question, option in (("user", "staff"), ("purpose", "internal"), ("reach", "writing")):
        assert f'name="{question}" value="{option}"' in page.html
        answer = sent(client, page.forms[-1], **{question: option})
        page = seen(client, answer.headers["location"])
    assert f"/{lang}/projects/new?cell=internal.writing" in page.html


def test_several_uses_are_to_be_split_and_answers_do_not_hide_it(client: TestClient) -> None:
    page = asked(client, "防災の問合せに答えるチャットボットと、職員の議事録の作成")
    assert "使い方ごとに分けて" in page.text
    again, questions = page.forms[-2:]
    assert again.values["text"] == questions.values["text"]
    for question, option in (("reach", "writing"), ("user", "staff"), ("purpose", "internal")):
        if f'name="{question}"' in page.html:
            answer = sent(client, page.forms[-1], **{question: option})
            page = seen(client, answer.headers["location"])
    assert "職員内部業務 - 文書作成支援" in page.text
    assert "ほかの使い方は、分けて調べてください" in page.text


def test_what_is_no_use_of_ai_has_a_way_out(client: TestClient) -> None:
    for text in ("庁舎の駐車場を広げたい", "市史を本にまとめる", "AIを使わず職員が市史をまとめる"):
        assert "当てはまる区分はありません" in asked(client, text).text
    assert "AIを使うなら" in asked(client, "市史を本にまとめる").text
    assert "AIを使うなら（" not in asked(client, "AIで市史を本にまとめる").text


def test_a_stance_that_is_inferred_is_marked_and_explained(client: TestClient) -> None:
    judged = asked(client, "職員が庁内の規程をAIで検索する")
    assert "● 黄? 色は推定です（概要の表では" in " ".join(judged.text.split())
    doubtful = asked(client, "窓口の職員をAIで助ける")
    assert "● 黄? 色は推定です" in " ".join(doubtful.text.split())
    form = seen(client, "/ja/projects/new")
    assert "● 黄?" in form.text
    assert "? 色は推定（概要の表から読み切れない）" in form.text
