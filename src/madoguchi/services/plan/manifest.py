"""The card of this service."""

from madoguchi.kernel.registry.public import Audience, Service
from madoguchi.ui.words import LocalText

SERVICE = Service(
    slug="plan",
    name=LocalText(ja="計画と評価", easy="計画(けいかく)と けっか", en="Plan and results"),
    summary=LocalText(
        ja="情報化計画の施策、システム、意識調査、経費を、実績の数字とあわせて公開します。",
        easy="市(し)の 計画(けいかく)と、やった ことの 数字(すうじ)です。",
        en="The ICT plan in public: measures, systems, survey, costs, with figures of what was really done.",
    ),
    audience=Audience.EVERYONE,
    owner="",  # the pack's plan/plan.yaml names the section
    docs="docs/services/plan.md",
    permissions={
        "plan.report.view": "進捗管理表を見る",
        "plan.report.write": "進捗管理表を書き、提出し、計画を変更する（主管課）",
        "plan.report.comment": "進捗管理表に意見を書く（主管課・関係課）",
        "plan.report.check": "進捗管理表を確認し、差し戻す（計画の担当課）",
        "plan.council.view": "ICT戦略会議の資料と決定を見る",
        "plan.council.keep": "ICT戦略会議の議題と決定を記録する",
        "plan.system.view": "システムの更新の予定を見る",
        "plan.system.revise": "システムの更新の予定を改める",
    },
    audit_verbs={
        "plan.systems.revised": "システムの更新の予定を改めた",
        "plan.period.opened": "半期の報告を始めた",
        "plan.period.closed": "半期の報告を締め切った",
        "plan.report.written": "進捗管理表に書いた",
        "plan.report.settled": "行き違いの文を選んだ",
        "plan.report.submitted": "進捗管理表を提出した",
        "plan.report.sent_back": "質問を付けて差し戻した",
        "plan.report.confirmed": "進捗管理表を確認した",
        "plan.report.fixed": "進捗管理表を確定した",
        "plan.report.remarked": "進捗管理表に意見を書いた",
        "plan.report.imported": "Excelの進捗管理表を取り込んだ",
        "plan.baseline.locked": "当初計画を固定した",
        "plan.change.made": "計画を変更した",
        "plan.change.reported": "大きな変更を会議に報告した",
        "plan.meeting.called": "会議の日を決めた",
        "plan.agenda.collected": "議題を集めた",
        "plan.agenda.added": "議題を加えた",
        "plan.decision.recorded": "決定を記録した",
        "plan.decision.followed_up": "決定の経過を書いた",
        "plan.evaluation.opened": "評価を始めた",
        "plan.evaluation.cost_entered": "実績額を入力した",
        "plan.evaluation.judged": "判定した",
        "plan.evaluation.confirmed": "評価を確定した",
        "plan.reading.entered": "指標の値を入力した",
    },
    menu="plan:index",
    pack="madoguchi.services.plan.pack.COLLECTIONS",
    desk="madoguchi.services.plan.desk.views",
    timetable="madoguchi.services.plan.jobs.TIMETABLE",
    search="madoguchi.services.plan.findable.SOURCES",
    rest="madoguchi.services.plan.rest.router",
)
