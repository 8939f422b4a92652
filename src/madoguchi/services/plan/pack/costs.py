"""What the plan is estimated to cost."""

from madoguchi.kernel.citydata.public import PackRecord


class Cost(PackRecord):
    """概算経費 of a fiscal year, in thousand yen."""

    fiscal_year: int
    thousand_yen: int
    share_percent: float
    what: str
