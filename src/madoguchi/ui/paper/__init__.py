"""Paper: letters and receipts as tagged PDF (PDF/UA-1), set by typst."""

from madoguchi.ui.paper.render import FontsMissing, render

__all__ = ["FontsMissing", "render"]
