"""Where in a TOML text a key or table stands, which the standard reader does not tell."""

import re
import tomllib

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")


class Lines:
    """The lines of a *text* that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read()

    def of(self, path: Path) -> int:
        """Return the line, from 1, of *path* or of the nearest table that holds it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _note(self, path: Path) -> None:
        self._lines.setdefault(path, self._text.count("\n", 0, self._at) + 1)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found[0] if found else ""

    def _took(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _read(self) -> None:
        table: Path = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            if self._took("[["):
                table = self._header(many=True)
            elif self._took("["):
                table = self._header(many=False)
            else:
                self._pair(table)
            self._skip(_GAP)

    def _header(self, *, many: bool) -> Path:
        names = self._key()
        path: Path = ()
        for name in names[:-1]:
            path = self._inside((*path, name))
        path = (*path, names[-1])
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            self._note(path)
            path = self._inside(path)
        self._note(path)
        self._took("]]" if many else "]")
        return path

    def _inside(self, path: Path) -> Path:
        """Return *path*, or its newest element if it is an array of tables."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _key(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            text = self._skip(_STRING)
            names.append(tomllib.loads(f"k={text}")["k"] if text else self._skip(_BARE))
            self._skip(_SPACE)
            if not self._took("."):
                return names

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table + tuple(self._key())
        after, self._at = self._at, start
        self._note(path)
        self._at = after
        self._took("=")
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._took("["):
            index = 0
            self._skip(_GAP)
            while not self._took("]"):
                self._note((*path, index))
                self._value((*path, index))
                index += 1
                self._comma()
        elif self._took("{"):
            self._skip(_GAP)
            while not self._took("}"):
                self._pair(path)
                self._comma()
        elif not self._skip(_STRING):
            self._skip(_SCALAR)

    def _comma(self) -> None:
        self._skip(_GAP)
        self._took(",")
        self._skip(_GAP)
