"""The card of this service."""

from madoguchi.kernel.registry.public import Audience, Direction, Figure, Service
from madoguchi.ui.words import LocalText

SERVICE = Service(
    slug="procedures",
    name=LocalText(ja="手続", easy="手続(てつづ)き", en="Procedures"),
    summary=LocalText(
        ja="申請から決定まで、窓口に来なくてもできます。",
        easy="市役所(しやくしょ)に 来(こ)なくても できます。",
        en="From application to decision without coming to the counter.",
    ),
    audience=Audience.EVERYONE,
    owner="",  # each procedure names its own section
    docs="docs/services/procedures.md",
    measures=("25",),
    permissions={
        "procedures.case.view": "申請の内容を見る",
        "procedures.case.decide": "補正を求め、承認・不承認を決める",
        "procedures.number.view": "申請の個人番号（マイナンバー）を見る",
    },
    publishes={
        "procedures.case.submitted": "申請が届いた",
        "procedures.case.decided": "申請を決定した",
    },
    audit_verbs={
        "procedures.case.begun": "手続を始めた",
        "procedures.case.submitted": "申請を送った",
        "procedures.case.withdrawn": "申請を取り下げた",
        "procedures.case.viewed": "申請の内容を見た",
        "procedures.case.taken": "担当になった",
        "procedures.case.handed_on": "担当を渡した",
        "procedures.case.put_back": "担当を外した",
        "procedures.case.handing_undone": "担当の変更を取り消した",
        "procedures.case.approved": "承認した",
        "procedures.case.refused": "不承認とした",
        "procedures.correction.asked": "補正を求めた",
        "procedures.correction.answered": "補正に答えた",
    },
    purposes={
        "procedures.review": "申請の審査のため",
        "procedures.number": "法令が定める個人番号の利用のため",
    },
    evidence=(
        Figure(
            key="procedures.online",
            name=LocalText(
                ja="オンラインでできる手続", easy="インターネットで できる 手続(てつづ)き", en="Procedures online"
            ),
            unit=LocalText(ja="件", easy="こ", en="procedures"),
            direction=Direction.UP,
            measures=("25",),
            compute="madoguchi.services.procedures.evidence.online_procedures",
            explanation=LocalText(
                ja="市パックに定義があり、いま申請を受け付けている手続の数。",
                easy="いま インターネットで できる 手続(てつづ)きの かず。",
                en="Procedures defined in the city pack and open for application now.",
            ),
        ),
        Figure(
            key="procedures.cases",
            name=LocalText(ja="受け付けた申請", easy="うけつけた かず", en="Applications received"),
            unit=LocalText(ja="件", easy="こ", en="cases"),
            direction=Direction.UP,
            measures=("25",),
            compute="madoguchi.services.procedures.evidence.cases_submitted",
            counts="procedures.case.submitted",
            explanation=LocalText(
                ja="期間中にオンラインで受け付けた申請の数。取下げも含みます。",
                easy="インターネットで うけつけた かず。",
                en="Cases submitted online in the period, withdrawn ones included.",
            ),
        ),
        Figure(
            key="procedures.decisions",
            name=LocalText(ja="決定した申請", easy="きめた かず", en="Applications decided"),
            unit=LocalText(ja="件", easy="こ", en="cases"),
            direction=Direction.UP,
            measures=("25",),
            compute="madoguchi.services.procedures.evidence.cases_decided",
            counts="procedures.case.decided",
            explanation=LocalText(
                ja="期間中に承認または不承認を決めた申請の数。",
                easy="きめた かず。",
                en="Cases approved or refused in the period.",
            ),
        ),
        Figure(
            key="procedures.in_time_percent",
            name=LocalText(
                ja="標準処理期間内に決めた割合",
                easy="やくそくの 日(ひ)までに きめた わりあい",
                en="Decided within the standard period",
            ),
            unit=LocalText(ja="％", easy="％", en="%"),
            direction=Direction.UP,
            measures=("25",),
            compute="madoguchi.services.procedures.evidence.in_time_percent",
            explanation=LocalText(
                ja="期間中に決定した申請のうち、補正の日数を除いて標準処理期間内だったもの。決定がなければ「不明」。",
                easy="きめた ものの うち、やくそくの 日(ひ)までに できた わりあい。",
                en="Of the cases decided in the period, those within the standard period, corrections not counted. "
                "Unknown without decisions.",
            ),
        ),
    ),
    pack="madoguchi.services.procedures.pack.COLLECTIONS",
    directory="madoguchi.services.procedures.directory.entries",
    my_page="madoguchi.services.procedures.my_page.items",
    desk="madoguchi.services.procedures.desk.views",
    inbox="madoguchi.services.procedures.inbox.queues",
    mandate_scopes="madoguchi.services.procedures.directory.mandate_scopes",
    retention="madoguchi.services.procedures.retention.RULES",
    search="madoguchi.services.procedures.findable.SOURCES",
    bad_file="madoguchi.services.procedures.actions.follow_bad_file",
    undo={"procedures.handing": "madoguchi.services.procedures.actions.hand_back"},
    section_work="madoguchi.services.procedures.desk.work_of",
)
