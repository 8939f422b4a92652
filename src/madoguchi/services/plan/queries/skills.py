"""Skills: the matrix, who may answer for what, the answers of one person, and the groups of all."""

from datetime import date

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import record, records
from madoguchi.services.plan.models import SelfAssessment
from madoguchi.services.plan.pack import Course, Skills
from madoguchi.services.plan.pack.skills import SkillColumn
from madoguchi.services.plan.queries.measures import outline
from madoguchi.services.plan.rules import skills as rules


def skills() -> Skills:
    found: Skills = record("plan.skills", "skills")
    return found


def courses(today: date) -> list[Course]:
    """What is offered that day, by name."""
    found = [course for course in records("plan.course") if course.until is None or course.until >= today]
    return sorted(found, key=lambda course: course.name)


def sections_of(person: Person, today: date) -> list[str]:
    """The sections in which a person holds a post that day."""
    return sorted({post.section_key for post in person.posts.all() if post.is_held(today)})


def columns_for(sections: list[str]) -> list[SkillColumn]:
    """What somebody of these sections may answer for."""
    is_owner = outline().owner in sections
    return [column for column in skills().columns if is_owner or not column.owner_only]


def own(person: Person) -> SelfAssessment | None:
    return SelfAssessment.objects.filter(person=person).first()


def groups() -> tuple[list[rules.Group], list[rules.Group]]:
    """By section and by column. One query; every answer is opened, none leaves this function."""
    matrix = skills()
    people = [
        (found.section_key, found.column_key, rules.gaps(matrix, found.answers))
        for found in SelfAssessment.objects.order_by("pk")
    ]
    by_section = rules.groups(matrix, ((section, gaps) for section, _, gaps in people))
    return by_section, rules.groups(matrix, ((column, gaps) for _, column, gaps in people))
