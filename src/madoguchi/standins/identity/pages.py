"""The pages a person sees: choose who to be and how to prove it; what went wrong; signed out. No script needed."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from madoguchi.standins.identity.authorization import CARD, PHONE, Request
from madoguchi.standins.identity.people import Person

PIN = "1234"
STYLE = (Path(__file__).parent / "static" / "page.css").read_text(encoding="utf-8")
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

FACTS = {"name": "氏名", "address": "住所", "birthdate": "生年月日", "gender": "性別"}
FACTS_EN = {"name": "name", "address": "address", "birthdate": "date of birth", "gender": "gender"}


@dataclass(frozen=True)
class Way:
    name: str
    hint: str
    english: str


WAYS = {
    CARD: Way("マイナンバーカード", "利用者証明用電子証明書をつかいます", "My Number Card with its certificate"),
    PHONE: Way("スマートフォンのIDだけ", "カードをつかいません", "Phone ID only, without the card"),
}


@dataclass(frozen=True)
class Problem:
    """What is missing on the form: the field it belongs to, and words in two languages."""

    field: str
    words: str
    english: str


NO_PERSON = Problem("who", "だれとして本人確認するかを選んでください。", "Choose who you are.")
WRONG_PIN = Problem("pin", f"暗証番号がちがいます。練習用の番号は {PIN} です。", f"The PIN is wrong. Here it is {PIN}.")


def _english(words: str) -> str:
    return f'<span lang="en">{escape(words)}</span>'


def _frame(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}（練習用）</title>
<style>{STYLE}</style>
</head>
<body>
<header class="rehearsal"><strong>練習用</strong>
<p>本物の本人確認サービスではありません。架空の人でためす画面です。
{_english("Rehearsal only. This is not the real service; everyone here is fictional.")}</p></header>
<main>
{body}
</main>
</body>
</html>
"""


def choose(
    request: Request,
    people: Iterable[Person],
    *,
    client_name: str,
    answers: Mapping[str, str],
    problem: Problem | None = None,
) -> str:
    """The form, with what was already chosen; every choice is a plain radio button."""
    persons = "".join(
        _choice("person", person.key, person.name, escape(person.note), chosen=answers.get("person") == person.key)
        for person in people
    )
    chosen_way = answers.get("way") if answers.get("way") in request.ways else CARD
    ways = "".join(
        _choice(
            "way", way, WAYS[way].name, escape(WAYS[way].hint) + _english(WAYS[way].english), chosen=way == chosen_way
        )
        for way in request.ways
    )
    only_card = (
        ""
        if PHONE in request.ways
        else f"<p>この手続は、カードでの本人確認が必要です。{_english('This procedure needs the card.')}</p>"
    )
    body = f"""<h1>本人確認をします{_english("Confirm who you are")}</h1>
{_problem(problem)}
{_told(request, client_name)}
<form method="post">
<fieldset id="who"><legend>1. だれですか{_english("Who are you, in this rehearsal?")}</legend>
<div class="choices">{persons}</div></fieldset>
<fieldset><legend>2. どうやって確認しますか{_english("How do you prove it?")}</legend>{only_card}
<div class="choices">{ways}</div></fieldset>
{_pin(problem)}
<div class="buttons">
<button type="submit" name="act" value="agree">本人確認をする{_english("Confirm")}</button>
<button class="quiet" type="submit" name="act" value="deny" formnovalidate>やめる{_english("Cancel")}</button>
</div>
</form>"""
    return _frame("エラー：本人確認" if problem else "本人確認", body)


def _choice(field: str, value: str, name: str, hint_html: str, *, chosen: bool) -> str:
    checked = " checked" if chosen else ""
    return (
        f'<label class="choice"><input type="radio" name="{field}" value="{escape(value)}" required{checked}>'
        f"<span><b>{escape(name)}</b><small>{hint_html}</small></span></label>\n"
    )


def _told(request: Request, client_name: str) -> str:
    """Who will learn what."""
    facts = [fact for fact in FACTS if fact in request.scope]
    if not facts:
        return ""
    listed = "".join(f"<li>{FACTS[fact]}</li>" for fact in facts)
    english = ", ".join(FACTS_EN[fact] for fact in facts)
    return (
        f"<p>本人確認をすると、<b>{escape(client_name)}</b> に次のことを知らせます。"
        f'{_english(f"{client_name} will learn your {english}.")}</p><ul class="told">{listed}</ul>'
    )


def _pin(problem: Problem | None) -> str:
    wrong = problem is not None and problem.field == "pin"
    described = ' aria-invalid="true" aria-describedby="pin-hint problem"' if wrong else ' aria-describedby="pin-hint"'
    return f"""<div class="pin"><label class="label" for="pin">3. 暗証番号（4けた）{_english("PIN, 4 digits")}</label>
<p id="pin-hint">練習用の番号は <output>{PIN}</output> です。本物の暗証番号は入れないでください。
{_english(f"Here it is {PIN}. Never type your real PIN.")}</p>
<input type="text" id="pin" name="pin" inputmode="numeric" autocomplete="off" maxlength="4" required{described}></div>"""


def _problem(problem: Problem | None) -> str:
    if problem is None:
        return ""
    return (
        f'<div class="error" role="alert"><p id="problem"><a href="#{problem.field}">{escape(problem.words)}</a></p>'
        f"{_english(problem.english)}</div>"
    )


def refused(description: str) -> str:
    """The request itself is wrong: nobody to send the person back to."""
    return _frame(
        "本人確認をはじめられません",
        f"""<h1>本人確認をはじめられません{_english("This sign-in cannot start")}</h1>
<p>もとのページにもどって、もう一度はじめてください。つづくときは、もとのサービスに知らせてください。
{_english("Go back and start again. If it goes on, tell the service you came from.")}</p>
<p><small>{escape(description)}</small></p>""",
    )


def signed_out() -> str:
    return _frame(
        "サインアウトしました",
        f"<h1>サインアウトしました{_english('You are signed out')}</h1>"
        f"<p>この画面をとじてください。{_english('You can close this page.')}</p>",
    )


def authenticator(code: str, seconds: int) -> str:
    """The staff's authenticator app of a demonstration: one secret for all of them."""
    return _frame(
        "練習用の認証アプリ",
        f"""<h1>練習用の認証アプリ{_english("Rehearsal authenticator app")}</h1>
<p>職員のサインインの、二つめの確認に使うコードです。1つのコードは、1人が1回だけ使えます。
{_english("The code for the second step of the staff sign-in. Each person can use a code once.")}</p>
<p><output>{code}</output></p>
<p>あと{seconds}秒で変わります。{_english(f"It changes in {seconds} seconds.")}</p>
<p><a href="/authenticator">いまのコードを見る{_english("Show the code of this moment")}</a></p>""",
    )
