"""Words and figures as people read them."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 job, 2 jobs."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def gib(size_bytes: int) -> str:
    """Return a size as GiB."""
    return f"{size_bytes / 2**30:,.4g} GiB"
