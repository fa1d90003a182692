"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``: write what is expected anew instead of comparing with it."""
    parser.addoption(
        "--update", action="store_true", help="write the golden files anew; read the difference before you commit it"
    )
