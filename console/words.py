"""Words and figures as people read them."""

_MANY = 1000


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 job, 2 jobs."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def gib(size_bytes: int) -> str:
    """Return a size as GiB, with a fraction where it is small."""
    size = size_bytes / 2**30
    return f"{size:,.0f} GiB" if size >= _MANY else f"{size:.4g} GiB"


def day(date: str) -> str:
    """Return a date of the API as people read it, without its offset."""
    return date.replace("T", " ").partition("+")[0]


def yes_no(value: bool) -> str:
    """Return a boolean in words."""
    return "yes" if value else "no"


def isolated(name: str) -> str:
    """Return a name for the middle of a line: written from right to left, it keeps to itself."""
    return f"\u2068{name}\u2069"


def seconds(number: float) -> str:
    """Return a time in seconds, to the hundredth."""
    return f"{number:,.2f}".rstrip("0").rstrip(".") + " s"
