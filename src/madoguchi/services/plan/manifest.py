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
        "plan.system.view": "システムの更新の予定を見る",
        "plan.system.revise": "システムの更新の予定を改める",
    },
    audit_verbs={"plan.systems.revised": "システムの更新の予定を改めた"},
    menu="plan:index",
    pack="madoguchi.services.plan.pack.COLLECTIONS",
    desk="madoguchi.services.plan.desk.views",
    rest="madoguchi.services.plan.rest.router",
)
