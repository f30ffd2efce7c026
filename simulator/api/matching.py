"""How lists compare texts: as MySQL does in columns that know no case and no accents."""

import unicodedata
from collections.abc import Callable

Test = Callable[[str], bool]
_MANY, _ONE = "%", "_"


def fold(text: str) -> str:
    """Return *text* as the collation utf8_general_ci sees it: no case, no accents."""
    if text.isascii():
        return text.lower()
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare).lower()


def same_text(one: str, other: str) -> bool:
    """Return whether MySQL's `=` finds two texts equal; blanks at the end do not count."""
    return fold(one).rstrip(" ") == fold(other).rstrip(" ")


def equal_to(wanted: str) -> Test:
    """Return the test of `column = wanted`."""
    right = fold(wanted).rstrip(" ")
    return lambda text: fold(text).rstrip(" ") == right


def containing(keyword: str) -> Test:
    """Return the test of `column LIKE '%keyword%'`, whose own wildcards count too."""
    if not any(c in keyword for c in "%_\\"):
        part = fold(keyword)
        return lambda text: part in fold(text)
    return like(f"%{keyword}%")


def like(pattern: str) -> Test:
    """Return the test of `column LIKE pattern`: % is any text, _ is any character."""
    tokens = _tokens(fold(pattern))
    return lambda text: _fits(tokens, fold(text))


def _tokens(pattern: str) -> list[str | None]:
    """Return the pattern as characters, "" for any one and None for any text."""
    tokens: list[str | None] = []
    quoted = False
    for place, letter in enumerate(pattern):
        if quoted or letter not in "%_\\":
            tokens.append(letter)
            quoted = False
        elif letter == "\\":
            quoted = place + 1 < len(pattern)
            if not quoted:
                tokens.append(letter)
        elif letter == _ONE:
            tokens.append("")
        elif not tokens or tokens[-1] is not None:
            tokens.append(None)
    return tokens


def _fits(tokens: list[str | None], text: str) -> bool:
    """Return whether the tokens make up *text*, trying again from the last % alone."""
    at, token, star, again = 0, 0, -1, 0
    while at < len(text):
        wanted = tokens[token] if token < len(tokens) else "end"
        if wanted is None:
            star, again, token = token, at, token + 1
        elif wanted in {"", text[at]}:
            at, token = at + 1, token + 1
        elif star >= 0:
            again += 1
            at, token = again, star + 1
        else:
            return False
    return all(t is None for t in tokens[token:])
