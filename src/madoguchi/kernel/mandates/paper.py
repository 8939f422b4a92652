"""委任状 as a form to print and sign."""

from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.mandates import queries
from madoguchi.ui.paper import render


def letter_pdf() -> bytes:
    """The empty form: whoever has no device writes and signs it, and the agent hands it in."""
    city = record("city", "city")
    return render(
        "mandate",
        {
            "title": "委任状",
            "city": city.name.ja,
            "number_label": "",
            "number": "",
            "date": "",
            "contact": [city.name.ja, *([city.phone] if city.phone else [])],
            "contact_title": "お問い合わせ",
            "head": ["項目", "内容"],
            "addressee": f"{city.mayor_title} 様",
            "lead": "わたしは、次の代理人に、下の手続の申請・訂正・取下げと、結果の受取りを任せます。",
            "people": [
                ["代理人（頼まれる人）", ["氏名", "住所", "生年月日"]],
                ["本人（頼む人）", ["氏名（本人が書く）", "住所", "生年月日", "電話"]],
            ],
            "scope_title": "任せる手続（□に✓）",
            "scope": [*(name.ja for name in queries.scopes().values()), "そのほか（　　　　　　　　　　）"],
            "until": "任せる期間　　　　　　年　　　月　　　日まで",
            "signed": "書いた日　　　　　　　年　　　月　　　日",
            "note": "本人がすべて手で書いてください。"
            "代理人は、この紙と、本人・代理人それぞれの確認書類の写しを添えて届け出ます。",
        },
    )
