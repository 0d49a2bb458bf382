"""What nobody can make the pages do: from other sites, with odd requests, with hostile texts."""

import asyncio
import hashlib
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from aiguide.store import projects as store
from aiguide.web import guard
from aiguide.web.app import LARGEST
from aiguide.web.site import Site
from tests.web.browsing import CHATBOT, answer, field, item, key, notes, send
from tests.web.conftest import HERE

FORM = "application/x-www-form-urlencoded"
POLICY = guard.POLICY


# Other sites


@pytest.mark.parametrize("secret", ["", "wrong", "ひみつ", "x" * 10_000, "{secret}x"])
def test_a_form_of_another_run_is_refused_and_what_was_typed_is_given_back(
    client: TestClient, site: Site, folder: Path, secret: str
) -> None:
    before = notes(folder)
    said = {"secret": secret.replace("{secret}", site.secret), "note": "三日かけて書いた"}
    refused = client.post(item(site), data=said | {"status": "done", "seen": "none"})
    assert refused.status_code == 403
    assert "三日かけて書いた" in refused.text
    assert site.secret not in refused.text
    assert notes(folder) == before


def test_what_is_given_back_is_named_as_in_the_form(client: TestClient, site: Site) -> None:
    said = {"cell": "internal.writing", "phase": "design", "condition.personal_data": "no"}
    facts = client.post(f"/ja/projects/{key(site)}/facts", data=said).text
    for word in ("文書作成支援", "設計開発", "個人情報", "いいえ"):
        assert word in facts.partition("入力されていた内容")[2]
    given = client.post(item(site), data={"status": "done", "note": "n", "keep": "目標.pdf"}).text
    for word in ("実施済", "メモ", "証拠", "目標.pdf"):
        assert word in given.partition("入力されていた内容")[2]


def test_a_form_without_a_secret_is_refused(client: TestClient, site: Site, folder: Path) -> None:
    before = notes(folder)
    assert client.post(item(site), data={"status": "done", "note": "n"}).status_code == 403
    assert notes(folder) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8765"},
        {"origin": "http://127.0.0.1:8765.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},
    ],
    ids=str,
)
def test_a_form_sent_by_a_page_of_another_site_is_refused_even_with_the_secret(
    client: TestClient, site: Site, folder: Path, headers: dict[str, str]
) -> None:
    before = notes(folder)
    said = {"secret": site.secret, "seen": "none", "status": "in-progress", "note": "n"}
    assert client.post(item(site), data=said, headers=headers).status_code == 403
    assert notes(folder) == before


@pytest.mark.parametrize("whose", ["cross-site", "same-site"])
def test_another_site_may_lead_here_but_not_load_from_here(client: TestClient, whose: str) -> None:
    for mode, status in (("navigate", 200), ("no-cors", 403), ("cors", 403)):
        headers = {"sec-fetch-site": whose, "sec-fetch-mode": mode}
        for address in ("/ja/", "/static/site.css", "/ja/cells/citizen.information/card.md"):
            assert client.get(address, headers=headers).status_code == status


@pytest.mark.parametrize(
    "headers", [{"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}, {}], ids=str
)
def test_a_form_of_ours_is_taken(client: TestClient, site: Site, headers: dict[str, str]) -> None:
    client.headers.update(headers)
    assert answer(client, site).status_code == 303


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:1", "localhost:8765", "[::1]:80", "LocalHost"]
)
def test_this_machine_is_known_by_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/ja/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "evil.example:8765", "127.0.0.1.evil.example", "0.0.0.0", "127.1"),
        *("127.0.0.1.", "localhost.", "2130706433", "192.168.0.1", "[::ffff:7f00:1]", "::1"),
        *("evil@127.0.0.1", "127.0.0.1@evil.example", "127.0.0.1/evil", "127.0.0.1?x", "[::1"),
        *(
            "127.0.0.1#x",
            "127.0.0.1\\@evil.example",
            "127.0.0.1:x",
            "127.0.0.1:",
            "127.0.0.1:999999",
        ),
    ],
)
def test_a_foreign_name_that_leads_here_is_not_answered(client: TestClient, host: str) -> None:
    for path in ("/", "/ja/", "/health", "/static/site.css", "/ja/projects"):
        refused = client.get(path, headers={"host": host})
        assert refused.status_code == 421, path
        assert refused.headers["content-security-policy"] == POLICY


def test_the_pages_lead_nowhere_else(client: TestClient) -> None:
    assert client.get("//evil.example/x").status_code == 404
    assert client.get("/ja//evil.example").status_code == 404
    moved = client.get("/ja/cells/")
    assert moved.headers["location"].startswith("http://127.0.0.1:8765/")


# Headers


def addresses(site: Site) -> dict[str, int]:
    project = f"/ja/projects/{key(site)}"
    return {
        **{"/": 302, "/health": 200, "/ja/": 200, "/en/cells": 200, "/nothing": 404},
        **{"/static/site.css": 200, "/static/icon.svg": 200, "/static/nothing": 404},
        **{"/ja/cells/citizen.information": 200, "/ja/cells/citizen.information/card.md": 200},
        **{"/ja/cells/nothing": 404, "/ja/projects/nothing": 404, "/ja/projects/new": 200},
        **{project: 200, f"{project}/facts": 200, f"{project}/checklist": 303},
        **{f"{project}/phases/planning": 200, f"{project}/phases/nothing": 404, item(site): 200},
        **{f"{project}/history": 200, f"{project}/evidence": 200, f"{project}/reports": 200},
        **{f"{project}/reports/compliance.md": 200, f"{project}/reports/nothing.md": 404},
        **{f"{project}/import": 200, f"{project}/checklist.xlsx": 200, "/ja/portfolio.csv": 200},
        **{"/ja/projects": 200, "/ja/guideline": 200, "/ja/guideline/items/nothing": 404},
        **{"/ja/guideline/items/planning.purpose": 200, "/ja/glossary": 200},
    }


KEPT = ("/static/site.css", "/static/icon.svg")  # by a browser, which asks whether they changed
OF_OURS = {"cache-control": "no-cache"}


def test_a_browser_that_has_the_look_of_the_pages_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/static/site.css")
    again = client.get("/static/site.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_every_answer_forbids_scripts_and_all_that_is_foreign(
    client: TestClient, site: Site
) -> None:
    for address, status in addresses(site).items():
        for method in ("GET", "HEAD"):
            given = client.request(method, address)
            assert given.status_code == status, address
            wanted = guard.HEADERS | (OF_OURS if address in KEPT else {})
            assert {**given.headers, **wanted} == dict(given.headers), address
    assert "script" not in POLICY
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY


def test_no_page_has_a_script_a_style_of_its_own_or_anything_from_elsewhere(
    client: TestClient, site: Site
) -> None:
    for address in addresses(site):
        page = client.get(address)
        if "text/html" in page.headers.get("content-type", "") and "attachment" not in str(
            page.headers
        ):
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page.text), (
                address
            )
            assert not re.search(r'(src|action|<link[^>]* href)="(https?:)?//', page.text), address


def test_a_bug_is_a_page_too_without_its_traceback_and_with_what_was_typed(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("secret-canary")

    path = item(site)
    seen = field(client.get(path).text, "seen")
    monkeypatch.setattr("aiguide.usecases.projects.record_answer", broken)
    said = {"secret": site.secret, "seen": seen, "status": "done", "note": "失われない文"}
    failed = client.post(path, data=said)
    assert failed.status_code == 500
    assert failed.headers["content-security-policy"] == POLICY
    assert "失われない文" in failed.text
    assert "canary" not in failed.text
    assert "Traceback" not in failed.text


# Methods and bodies


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ODD"])
def test_what_a_page_does_not_take_is_405(client: TestClient, site: Site, method: str) -> None:
    for address in ("/", "/ja/", item(site), "/static/site.css", f"/ja/projects/{key(site)}"):
        refused = client.request(method, address)
        assert refused.status_code == 405, address
        assert refused.headers["content-security-policy"] == POLICY
    assert set(client.put(item(site)).headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert client.post(f"/ja/projects/{key(site)}").status_code == 405


def part(name: str, value: bytes, more: bytes = b"") -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + more
    return head + b"\r\n\r\n" + value + b"\r\n"


def many(count: int) -> bytes:
    return b"&".join(b"a%d=1" % number for number in range(count))


def whole(secret: str, *more: bytes) -> bytes:
    return part("secret", secret.encode()) + b"".join(more) + b"--b--\r\n"


FILE = b'; filename="a.txt"'
MULTIPART = "multipart/form-data; boundary=b"
MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (413, FORM, b"note=" + b"x" * (26 * 1024 * 1024)),
        (413, FORM, b"note=" + b"x" * (2 * 1024 * 1024)),
        (400, MULTIPART, part("note", b"x" * (1024 * 1024 + 1)) + b"--b--\r\n"),
        (400, FORM, many(1000)),
        (400, MULTIPART, b"".join(part(f"a{number}", b"") for number in range(500)) + b"--b--\r\n"),
        (400, MULTIPART, part("file", b"a", FILE) + part("file", b"b", FILE) + b"--b--\r\n"),
        (400, "multipart/form-data", b"x"),
        (400, MULTIPART, b""),
        (400, MULTIPART, b"junk"),
        (400, MULTIPART, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        (400, MULTIPART, b"--b\r\n: \r\n\r\nx\r\n--b--\r\n"),
        (400, MULTIPART + "b" * 5000, b"x"),
        (400, FORM, b"note=%ff%fe"),
        (400, FORM, b"note=%83%65%83%58"),  # CP932
        (400, FORM, b"note=%ED%A0%80"),  # half a surrogate pair
        (400, FORM, b"note=\xff"),
        (400, FORM, b"%ff=note"),
        (400, MULTIPART, part("note", b"\x83\x65\x83\x58") + b"--b--\r\n"),
        (400, MULTIPART, part("file", b"a", b'; filename="\x83\x65.txt"') + b"--b--\r\n"),
        (403, FORM, b"secret=%zz&note=%&&=&%f"),
        (403, "text/plain", b"secret=x"),
        (403, "application/json", b"{}"),
        (403, "", b"secret=x"),
        *(
            (415, f"{MULTIPART}; charset={one}", part("note", b"\\ud800"))
            for one in (
                "unicode_escape",
                "punycode",
                "undefined",
                "utf-16",
                "utf-7",
                "hex",
                "shift_jis",
            )
        ),
    ],
    ids=lambda given: str(given)[:40] if not isinstance(given, bytes) else str(given[:20]),
)
def test_a_body_that_cannot_be_taken_is_refused_clearly(
    client: TestClient, site: Site, folder: Path, status: int, kind: str, body: bytes
) -> None:
    before = notes(folder)
    refused = client.post(item(site), content=body, headers={"content-type": kind})
    assert refused.status_code == status
    assert refused.headers["content-security-policy"] == POLICY
    assert notes(folder) == before


def test_a_body_without_a_length_is_counted_as_it_comes(client: TestClient, site: Site) -> None:
    """Piece by piece, as a server gives it; the browser of these tests would read it all first."""
    sent: list[Message] = []
    came = 0

    async def endless() -> Message:
        nonlocal came
        begin = b"" if came else part("file", b"", FILE)
        came += 1
        return {"type": "http.request", "body": begin + b"x" * MIB, "more_body": True}

    async def keep(message: Message) -> None:
        sent.append(message)

    kind, host = MULTIPART.encode(), HERE.removeprefix("http://").encode()

    async def served() -> None:
        await client.app(request_of(item(site), kind, host), endless, keep)

    asyncio.run(served())
    assert sent[0]["status"] == 413
    assert came == LARGEST // MIB


def request_of(path: str, kind: bytes, host: bytes) -> Scope:
    """Give a POST as a server passes it on."""
    return {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", host), (b"content-type", kind)],
    }


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "99999999999999999999", "0x1"])
def test_a_length_that_is_none_is_refused(client: TestClient, site: Site, length: str) -> None:
    headers = {"content-length": length, "content-type": FORM}
    assert client.post(item(site), content=b"", headers=headers).status_code == 413


def test_a_form_that_was_torn_off_is_not_taken_for_a_shorter_one(
    client: TestClient, site: Site, folder: Path
) -> None:
    before = notes(folder)
    seen = field(client.get(item(site)).text, "seen").encode()
    good = [part("seen", seen), part("status", b"done"), part("note", b"n")]
    torn = whole(site.secret, *good, part("file", b"abc", FILE))[:-30]
    given = client.post(item(site), content=torn, headers={"content-type": MULTIPART})
    assert given.status_code == 400
    assert notes(folder) == before


# Texts

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "]]><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>",
    "<form action=//evil.example><button>",
    "{{ 7 * 7 }}{% for x in y %}",
    "{0} {item} {__class__}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞<script >",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
]


def assert_harmless(page: Any, payload: str) -> None:
    assert page.status_code < 500
    if "<" in payload or '"' in payload:
        assert payload not in page.text
    # every tag of the page is one of ours, and none of them has a handler
    assert not re.search(r"<(script|style|iframe|base|img|math|!--|!\[)", page.text, re.I)
    assert len(re.findall(r"<meta ", page.text)) == 2
    shown = page.text.replace(' tabindex="-1" autofocus>', ">", 1)  # of the box of a complaint
    for tag in re.findall(r"<[a-z][^>]*>", shown):
        bare = re.sub(r'="[^"]*"', "", tag)
        assert not re.search(r"\son\w+|autofocus|'", bare), tag
        assert not re.search(r'(href|src|action)="\s*(javascript|data|vbscript):', tag, re.I), tag


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_only_ever_text(
    client: TestClient, site: Site, folder: Path, payload: str
) -> None:
    names = ("name", "organization", "owner", "description")
    started = send(client, site, "/ja/projects/new", **dict.fromkeys(names, payload))
    assert started.status_code == 303, started.text
    project = started.headers["location"].partition("?")[0]
    path = f"{project}/items/planning.purpose"
    texts = {**dict.fromkeys(("note", "assignee"), payload), "status": "in-progress"}
    # an address has no blank; between attributes a stroke does as well
    whole = "".join(char if char.isprintable() and char != " " else "/" for char in payload)
    link = f"https://example.org/{whole}"
    assert send(client, site, path, seen="none", link=link, **texts).status_code == 303
    pages = [project, f"{project}/facts", f"{project}/phases/planning", path, "/ja/projects"]
    pages += [f"{project}/{place}" for place in ("history", "evidence", "reports", "import")]
    pages += [one.replace("/ja/", "/en/") for one in pages]
    for address in pages:
        assert_harmless(client.get(address), payload)
    shown = client.get(path).text
    assert escape(payload).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in shown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_refused_is_given_back_as_text(
    client: TestClient, site: Site, payload: str
) -> None:
    fields = ("note", "reason", "approver", "until", "due", "assignee", "link", "keep", "status")
    path, ask = item(site), "/ja/ask"
    assert_harmless(send(client, site, path, **dict.fromkeys(fields, payload)), payload)
    assert_harmless(client.post(path, data=dict.fromkeys(fields, payload)), payload)
    judged = send(client, site, ask, text=payload).headers["location"]
    assert_harmless(client.get(judged), payload)
    refused = send(client, site, ask, text=payload, user=payload, reach=payload)
    assert_harmless(client.get(refused.headers["location"]), payload)
    facts = f"/ja/projects/{key(site)}/facts"
    given = dict.fromkeys(("name", "phase", "cell", "condition.generative_ai"), payload)
    assert_harmless(send(client, site, facts, **given), payload)
    sent = {"file": (payload, b"abc")}
    assert_harmless(answer(client, site, files=sent), payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_an_address_says_is_only_ever_text(
    client: TestClient, site: Site, payload: str
) -> None:
    project = f"/ja/projects/{key(site)}"
    asked = dict.fromkeys(("name", "owner", "cell", "assignee", "done", "required"), payload)
    asked |= dict.fromkeys(("q", "item", "person", "since", "sort", "page", "pack"), payload)
    for address in (
        *("/ja/projects/new", f"{project}/phases/planning", project, "/ja/nothing"),
        *("/ja/projects", "/ja/guideline", "/ja/glossary", f"{project}/history"),
    ):
        assert_harmless(client.get(address, params=asked), payload)
    for address in ("/ja/{}", "/{}", "/ja/cells/{}", "/ja/projects/{}", project + "/items/{}"):
        assert_harmless(client.get(address.format(payload.replace("%", "%25"))), payload)


# Paths

ODD = [
    "..",
    "../..",
    "..%2f..%2fetc%2fpasswd",
    "..\\..\\x",
    "%00",
    "%2e%2e",
    "/etc/passwd",
    "C:%5Cx",
]
ODD += [
    "x" * 5000,
    "日本語",
    "%83%65",
    "%ff",
    "CON",
    "%0d%0ax:y",
    ".",
    "~",
    "project.json",
    "%ED%A0%80",
]


@pytest.mark.parametrize("odd", ODD)
def test_no_part_of_an_address_is_a_path(client: TestClient, site: Site, odd: str) -> None:
    project = f"/ja/projects/{key(site)}"
    for address in (
        *(f"/ja/projects/{odd}", f"{project}/items/{odd}", f"{project}/phases/{odd}"),
        *(f"/ja/cells/{odd}", f"/ja/cells/{odd}/card.md", f"/static/{odd}"),
        *(f"/ja/cells/citizen.information/card.{odd}", f"/{odd}/cells", f"{project}/{odd}"),
        *(f"{project}/evidence/{odd}/1", f"{project}/evidence/planning.purpose/{odd}"),
        *(f"{project}/reports/{odd}.md", f"{project}/reports/compliance.{odd}"),
        *(f"{project}/reports/frameworks/{odd}.md", f"/ja/guideline/items/{odd}"),
        *(f"/ja/portfolio.{odd}", f"/ja/guideline?pack={odd}"),
    ):
        given = client.get(address)
        # a client may take `..` out of an address, and then asks for another page
        assert given.status_code in (200, 302, 303, 307, 404), address
        assert "root:" not in given.text
        assert "x:y" not in str(given.headers)


@pytest.mark.parametrize(
    "link",
    [
        "/etc/passwd",
        "../project.json",
        "..\\x",
        "C:\\x",
        "a\0b",
        "x/" * 3000,
        "~/x",
        "evidence/..",
        ".",
        "docs/\udcff".encode("utf-8", "replace").decode(),
        "http://",
        "file:///etc/passwd",
        "CON",
    ],
)
def test_evidence_is_a_file_of_the_project_or_an_address_of_the_web(
    client: TestClient, site: Site, folder: Path, link: str
) -> None:
    before = notes(folder)
    refused = answer(client, site, link=link)
    assert refused.status_code == 422
    assert field(refused.text, "note") == "書きかけ"
    assert notes(folder) == before


def kept_files(folder: Path) -> set[str]:
    """Give all that is in the chatbot's folder but its manifest."""
    here = folder / CHATBOT
    return {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()} - {
        "project.json"
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("目標.txt", "目標.txt"),
        ("../../x.txt", "x.txt"),
        ("/etc/x.txt", "x.txt"),
        ("C:\\Users\\x\\x.txt", "x.txt"),
        ("..\\x.txt", "x.txt"),
        ("CON.txt", "CON_.txt"),
        ("nul.txt", "nul_.txt"),
        ("x" * 300 + ".txt", "x" * 60 + ".txt"),
        ("語" * 300 + ".txt", "語" * 60 + ".txt"),
        ("\u202etxt.exe.txt", "txt.exe.txt"),
        ("\u200fa\u200b.txt", "a.txt"),
        (".htaccess.txt", "htaccess.txt"),
        ("...txt", "file.txt"),
        (" .txt", "file.txt"),
        ("a:b*?.txt", "a-b.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_a_file_is_kept_under_a_name_that_every_system_takes(
    client: TestClient, site: Site, folder: Path, name: str, kept: str
) -> None:
    before = kept_files(folder)
    assert answer(client, site, files={"file": (name, b"abc")}).status_code == 303
    assert kept_files(folder) - before == {f"evidence/{kept}"}
    recorded = store.read(folder / CHATBOT / "project.json").project.answers["planning.purpose"]
    assert recorded.evidence[-1].target == f"evidence/{kept}"


def test_a_file_of_the_same_name_is_kept_beside_and_the_old_one_as_it_was(
    client: TestClient, site: Site, folder: Path
) -> None:
    for content in (b"one", b"two", b"three"):
        assert answer(client, site, files={"file": ("a.txt", content)}).status_code == 303
    here = folder / CHATBOT / "evidence"
    found = [(here / name).read_bytes() for name in ("a.txt", "a-2.txt", "a-3.txt")]
    assert found == [b"one", b"two", b"three"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", {}),
        ("a.html", b"<script>", {}),
        ("a.svg", b"<svg>", {}),
        ("a", b"abc", {}),
        ("a.txt.", b"abc", {}),
        ("a.pdf", b"<script>", {}),
        ("a.png", b"%PDF-1.7", {}),
        ("a.docx", b"MZ", {}),
        ("a.txt", b"", {}),
        ("a.txt", b"x" * (21 * 1024 * 1024), {}),
        ("a.txt", b"abc", {"seen": "old"}),
        ("a.txt", b"abc", {"status": "exception"}),
        ("a.txt", b"abc", {"status": "nonsense"}),
        ("a.txt", b"abc", {"due": "someday"}),
        ("a.txt", b"abc", {"link": "/etc/passwd"}),
        ("a.txt", b"abc", {"secret": "wrong"}),
    ],
)
def test_no_file_is_left_where_the_answer_is_refused(
    client: TestClient, site: Site, folder: Path, name: str, content: bytes, said: dict[str, str]
) -> None:
    before, noted = kept_files(folder), notes(folder)
    refused = answer(client, site, files={"file": (name, content)}, **said)
    assert refused.status_code in (403, 409, 422)
    assert "書きかけ" in refused.text
    assert kept_files(folder) == before
    assert notes(folder) == noted


def test_a_link_in_place_of_the_evidence_folder_is_not_followed_out(
    client: TestClient, site: Site, folder: Path
) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    evidence = folder / CHATBOT / "evidence"
    if evidence.exists():
        evidence.rename(folder / CHATBOT / "old")
    evidence.symlink_to(outside)
    refused = answer(client, site, files={"file": ("a.txt", b"abc")}, status="in-progress")
    assert refused.status_code == 422
    assert list(outside.iterdir()) == []


def test_a_link_in_place_of_an_evidence_file_is_not_written_through(
    client: TestClient, site: Site, folder: Path
) -> None:
    target = folder.parent / "target.txt"
    target.write_bytes(b"old")
    evidence = folder / CHATBOT / "evidence"
    evidence.mkdir(exist_ok=True)
    (evidence / "a.txt").symlink_to(target)
    assert answer(client, site, files={"file": ("a.txt", b"new")}).status_code == 303
    assert target.read_bytes() == b"old"
    assert (evidence / "a-2.txt").read_bytes() == b"new"


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "CON", "...", "a\0b", "x" * 500, "😀" * 100, "C:\\x"]
)
def test_a_project_starts_in_the_folder_whatever_its_name(
    client: TestClient, site: Site, folder: Path, name: str
) -> None:
    before = set(folder.parent.rglob("*"))
    started = send(client, site, "/ja/projects/new", name=name)
    assert started.status_code == 303
    new = set(folder.parent.rglob("*")) - before
    made = next(path for path in new if path.is_dir())
    assert made.parent == folder
    assert new == {made, made / "project.json"}
    assert client.get(started.headers["location"]).status_code == 200


def test_what_a_killed_server_left_beside_is_cleared_away_with_the_next_answer_and_no_more(
    client: TestClient, site: Site, folder: Path
) -> None:
    assert answer(client, site, files={"file": ("named.txt", b"abc")}).status_code == 303
    evidence = folder / CHATBOT / "evidence"
    (evidence / "mine.txt").write_bytes(b"my own")
    digest = hashlib.sha256(b"abc").hexdigest()
    for name, content in (("named", b"abc"), ("came", b"abc"), ("mine", b""), ("gone", b"")):
        (evidence / f".{name}.txt{pending('project.json')}").write_text(digest, encoding="utf-8")
        if name == "came":
            (evidence / "came.txt").write_bytes(content)
    (evidence / ".gone.txt.0123abcd.tmp").write_bytes(b"a")
    (evidence / f".begun.txt{pending('project.json')}").touch()
    kept = {"keep": "evidence/named.txt", "note": "another"}
    assert answer(client, site, **kept).status_code == 303
    assert {one.name for one in evidence.iterdir()} == {"named.txt", "mine.txt"}


def pending(manifest: str) -> str:
    """Give how the marks end of what comes in for a manifest."""
    return f".{hashlib.sha256(manifest.encode()).hexdigest()[:8]}.pending"


def test_what_comes_in_for_another_project_of_the_folder_is_left_to_that_one(
    client: TestClient, site: Site, folder: Path
) -> None:
    evidence = folder / CHATBOT / "evidence"
    evidence.mkdir(exist_ok=True)
    digest = hashlib.sha256(b"abc").hexdigest()
    (evidence / "theirs.txt").write_bytes(b"abc")
    mark = evidence / f".theirs.txt{pending('b.project.json')}"
    mark.write_text(digest, encoding="utf-8")
    assert answer(client, site, files={"file": ("theirs.txt", b"abc")}).status_code == 303
    names = {one.name for one in evidence.iterdir()}
    assert names == {"theirs.txt", mark.name, "theirs-2.txt"}


def test_a_file_whose_name_another_project_has_taken_gets_another(
    client: TestClient, site: Site, folder: Path
) -> None:
    evidence = folder / CHATBOT / "evidence"
    evidence.mkdir(exist_ok=True)
    (evidence / f".new.txt{pending('b.project.json')}").touch()
    assert answer(client, site, files={"file": ("new.txt", b"abc")}).status_code == 303
    assert {"new-2.txt"} == {one.name for one in evidence.iterdir() if one.suffix == ".txt"}
