"""The page where staff look at a text in やさしい日本語."""

from madoguchi.kernel.accounts.testing import signed_in


def test_what_is_hard_is_marked_in_its_sentence(staff_clerk):
    answer = signed_in(staff_clerk).post("/easy/", {"text": "きょうは いい です。\r\n申請(しんせい)を して ください。"})
    said = answer.content.decode()
    assert "直すとよいところ（1か所）" in said
    assert "<p><mark>申請</mark>(しんせい)を して ください。</p>" in said
    assert "申(もう)し込(こ)む" in said


def test_a_clean_text_is_said_to_be_clean(staff_clerk):
    answer = signed_in(staff_clerk).post("/easy/", {"text": "電話(でんわ)で 聞(き)いて ください。"})
    assert "直すところは見つかりませんでした" in answer.content.decode()


def test_what_is_pasted_is_shown_as_text(staff_clerk):
    said = signed_in(staff_clerk).post("/easy/", {"text": "<script>字</script>"}).content.decode()
    assert "&lt;script&gt;<mark>字</mark>&lt;/script&gt;" in said


def test_an_empty_text_is_asked_for(staff_clerk):
    answer = signed_in(staff_clerk).post("/easy/", {"text": ""})
    assert answer.status_code == 400
    assert "文章を入力してください" in answer.content.decode()
