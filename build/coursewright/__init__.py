"""Coursewright: one course in YAML, every deck, workbook and guide a workshop needs."""

__version__ = "0.1.0"
