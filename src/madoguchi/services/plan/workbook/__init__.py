"""進捗管理表 as an Excel workbook: out with locks, drop-downs and notes; back with every cell checked."""

from madoguchi.services.plan.workbook.reading import Cell, Read, read
from madoguchi.services.plan.workbook.writing import write

__all__ = ["Cell", "Read", "read", "write"]
