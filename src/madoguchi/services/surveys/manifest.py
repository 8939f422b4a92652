"""The card of this service."""

from madoguchi.kernel.registry.public import Audience, Direction, Figure, Service
from madoguchi.ui.words import LocalText

SERVICE = Service(
    slug="surveys",
    name=LocalText(ja="住民アンケート", easy="アンケート", en="Residents’ surveys"),
    summary=LocalText(
        ja="手紙が届いた方が名前を出さずに答え、結果は誰でも見られます。",
        easy="手紙(てがみ)が 届(とど)いた 人(ひと)が 答(こた)えます。名前(なまえ)は 書(か)きません。",
        en="People who got a letter answer without their name; everyone sees the results.",
    ),
    audience=Audience.EVERYONE,
    owner="",  # each survey names its own section
    docs="docs/services/surveys.md",
    permissions={
        "surveys.survey.manage": "調査を設計し、実施し、開封し、公表する",
        "surveys.paper.key": "紙の回答を受け付け、入力する",
        "surveys.result.view": "集計を見る",
        "surveys.result.export": "一人ずつの匿名データを書き出す",
    },
    publishes={
        "surveys.result.published": "結果を公表した",
        "surveys.result.withdrawn": "公表を取り下げた",
    },
    audit_verbs={
        "surveys.survey.created": "調査を作った",
        "surveys.survey.started": "調査を始めた",
        "surveys.questionnaire.saved": "調査票を保存した",
        "surveys.population.set": "人口の表を取り込んだ",
        "surveys.sample.sized": "配布数を決めた",
        "surveys.sample.drawn": "標本を抽出した",
        "surveys.mailing.exported": "発送名簿を書き出した",
        "surveys.letters.printed": "依頼状を印刷した",
        "surveys.reminders.exported": "督促の整理番号を書き出した",
        "surveys.code.reissued": "回答符号を再発行した",
        "surveys.sheet.keyed": "紙の回答票を入力した",
        "surveys.sheet.resolved": "入力の違いを解決した",
        "surveys.box.opened": "回答を開封した",
        "surveys.result.published": "結果を公表した",
        "surveys.result.withdrawn": "公表を取り下げた",
        "surveys.data.exported": "匿名データを書き出した",
        "surveys.theme.added": "自由記載の分類を加えた",
        "surveys.theme.removed": "自由記載の分類を消した",
        "surveys.remark.coded": "自由記載を分類した",
    },
    evidence=(
        Figure(
            key="surveys.response_percent",
            name=LocalText(ja="アンケートの回収率", easy="答(こた)えた 人(ひと)の わりあい", en="Survey response rate"),
            unit=LocalText(ja="％", easy="％", en="%"),
            direction=Direction.UP,
            measures=(),
            compute="madoguchi.services.surveys.evidence.response_percent",
            explanation=LocalText(
                ja="期間中に開封した調査の、配布数に対する回答数。開封した調査がなければ「不明」。",
                easy="てがみを 送(おく)った かずの うち、答(こた)えて もらった わりあい。",
                en="Answers against letters of the surveys opened in the period. Unknown when none was.",
            ),
        ),
    ),
    pack="madoguchi.services.surveys.pack.COLLECTIONS",
    directory="madoguchi.services.surveys.directory.entries",
    desk="madoguchi.services.surveys.desk.views",
    inbox="madoguchi.services.surveys.inbox.queues",
    retention="madoguchi.services.surveys.retention.RULES",
    search="madoguchi.services.surveys.findable.SOURCES",
    rest="madoguchi.services.surveys.rest.router",
)
