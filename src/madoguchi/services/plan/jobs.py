"""What the half-yearly cycle sees to by itself; `madoguchi plan` does the same by hand."""

from datetime import datetime, time

from madoguchi.kernel.registry.public import Days, Recurring
from madoguchi.lib import clock
from madoguchi.services.plan.actions import drafts, skills, timetable

TIMETABLE = [
    Recurring(
        key="plan.publish",
        name="承認された次の計画を、その日に公開する",
        at=(time(0, 10),),  # every day: a plan may be published on any day
        run="madoguchi.services.plan.jobs.publish",
    ),
    Recurring(
        key="plan.close",
        name="確認の終わった期を締める",
        at=(time(6, 50),),
        days=Days.WORKING_DAYS,
        run="madoguchi.services.plan.jobs.close",
    ),
    Recurring(
        key="plan.open",
        name="期が終わったら進捗管理表を求める",
        at=(time(7, 0),),
        days=Days.WORKING_DAYS,
        run="madoguchi.services.plan.jobs.open_period",
    ),
    Recurring(
        key="plan.remind",
        name="提出のまだの課に催促する",
        at=(time(7, 10),),  # every day: the rulebook counts days of the calendar
        run="madoguchi.services.plan.jobs.remind",
    ),
    Recurring(
        key="plan.forget_skills",
        name="古いICTスキルの自己評価を消す",
        at=(time(3, 40),),
        run="madoguchi.services.plan.jobs.forget_skills",
    ),
]


def publish(*, now: datetime) -> None:
    drafts.publish_due(today=clock.day_of(now), now=now)


def close(*, now: datetime) -> None:
    timetable.close_due(today=clock.day_of(now), now=now)


def open_period(*, now: datetime) -> None:
    timetable.open_due(today=clock.day_of(now), now=now)


def remind(*, now: datetime) -> None:
    timetable.remind_owing(today=clock.day_of(now))


def forget_skills(*, now: datetime) -> None:
    skills.forget(today=clock.day_of(now))
