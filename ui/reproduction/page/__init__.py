"""The report: one page of HTML that needs no network and no script, and that shows papers' text as text."""

from ui.reproduction.page.page import report_page
from ui.reproduction.page.told import Told

__all__ = ["Told", "report_page"]
