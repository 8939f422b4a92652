"""The city's systems and when they are renewed."""

from madoguchi.kernel.citydata.public import PackRecord, SectionKey
from madoguchi.services.plan.pack.halves import Month


class System(PackRecord):
    """庁内システムの更新計画: one row of 表1. Months as YYYY-MM, the procurement year is a fiscal year.

    The order of the months is not checked: a printed row may contradict itself, and `note` says so.
    """

    number: int
    name: str
    section: SectionKey
    current_end: Month
    study_start: Month
    procurement_fy: int
    next_start: Month
    note: str = ""
