"""Clock times as people write them: "09:00"."""

from __future__ import annotations

DAY = 24 * 60  # minutes


def clock(start: str, minutes: int) -> str:
    """Return the clock time so many minutes after ``start``: clock("09:00", 75) is "10:15"."""
    total = (minute(start) + minutes) % DAY
    return f"{total // 60:02}:{total % 60:02}"


def minute(time: str) -> int:
    """Return the minute of the day: minute("01:30") is 90."""
    return int(time[:2]) * 60 + int(time[3:])
