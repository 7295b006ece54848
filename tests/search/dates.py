"""Dates as authors write them, in the forms that the archives of the tests use."""

import calendar
import re

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]


def ends(date):
    """The first and the last of the dates that are given: `by 2025-05` gives one, twice."""
    given = re.findall(r"\d{4}(?:-\d\d(?:-\d\d)?)?", date)
    if not 1 <= len(given) <= 2 or not re.fullmatch(r"(by|about|between)? ?[\d-]+( and [\d-]+|/[\d-]+)?", date):
        raise ValueError(f"a date of another form: {date}")
    return given[0], given[-1]


def month(date):
    """The month on whose page it stands, or on a page of one of its days: `2025-05`, else nothing."""
    first, last = ends(date)
    return first[:7] if len(first) > 4 and first[:7] == last[:7] else ""


def words(date):
    """As pages show it: `15 May 2025`, `by 15 May 2025`, `between 12 and 18 May 2025`."""
    first, last = ends(date)
    if first == last and " and " not in date and "/" not in date:
        return date.replace(first, one(first))
    begin, end = one(first), one(last)
    if first[:4] == last[:4] and len(first) == len(last) > 4:
        begin = begin.rsplit(" ", 1)[0]
        if first[:7] == last[:7] and len(first) == 10:
            begin = begin.split(" ")[0]
    return f"between {begin} and {end}" if date.startswith("between") else f"{begin} to {end}"


def edtf(date):
    """By the Extended Date/Time Format: `2025-05-15`, `[..2025-05-15]`, `[2025-05-12..2025-05-18]`, `2025-05~`."""
    first, last = ends(date)
    if date.startswith("by"):
        return f"[..{last}]"
    if date.startswith("between"):
        return f"[{first}..{last}]"
    return date.removeprefix("about ") + ("~" if date.startswith("about") else "")


def one(date):
    parts = date.split("-")
    named = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([str(int(part)) for part in parts[2:]] + named + [parts[0]])


def latest(date):
    """The last day that it can have ended."""
    last = ends(date)[1]
    last += "-12" if len(last) == 4 else ""
    return last if len(last) == 10 else f"{last}-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]}"


def earliest(date):
    """The first day that it can have begun."""
    return "" if date.startswith("by") else (ends(date)[0] + "-01-01")[:10]
