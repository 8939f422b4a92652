"""The HTML part of a mail says what its text says, fetches nothing, and escapes what people wrote."""

from madoguchi.ui.mail import as_html


def test_paragraphs_and_addresses_of_the_text_are_those_of_the_html():
    html = as_html("受け付けました", "見本 様\n\nようす：https://www.example.jp/my/1/（24時間）\nまたあした")
    assert html.count("<p>") == 2
    assert '<a href="https://www.example.jp/my/1/">https://www.example.jp/my/1/</a>（24時間）' in html
    assert "<h1>受け付けました</h1>" in html


def test_nothing_is_fetched_and_nothing_is_run():
    html = as_html("件名", "本文")
    assert not any(word in html for word in ("<img", "<link", "<script", "src=", "url("))


def test_what_people_wrote_stays_text():
    html = as_html("<b>", '<script>alert(1)</script> https://x.example/"onmouseover=x')
    assert "<script>" not in html
    assert "<b>" not in html
    assert 'onmouseover=x"' not in html.replace("&quot;", "") or "&quot;onmouseover" in html
