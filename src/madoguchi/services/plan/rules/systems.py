"""What follows from the dates of a system."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import System


def month_number(month: str) -> int:
    """Months since year 0, so that differences are months."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def fiscal_year_of(month: str) -> int:
    """年度 of a month written 2021-07."""
    return int(month[:4]) if int(month[5:]) >= 4 else int(month[:4]) - 1


def extension_months(system: "System") -> int:
    """Months in which the present system must be extended until the next one starts; 0 when it joins or overlaps."""
    return max(0, month_number(system.next_start) - month_number(system.current_end) - 1)


def lead_months(system: "System") -> int:
    """Months from the beginning of the study to the start of the next system."""
    return month_number(system.next_start) - month_number(system.study_start)
