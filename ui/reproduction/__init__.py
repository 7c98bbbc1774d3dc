"""From a paper and files to a folder with the code, its result and a report, step by step and never twice.

`whole` walks all the way; `ui.reproduction.page` makes the report.
"""
