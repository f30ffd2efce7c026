"""What a response object is made of: fields, and blocks of fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from simulator.api.shape import Shape

Row = dict[str, Any]
T = TypeVar("T")
S_contra = TypeVar("S_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Field(Generic[S_contra]):
    """One field: *value* is what a subject has of it, None where it is left out.

    *shape* is what the field is a list of, for lists of objects.
    """

    name: str
    kind: str
    meaning: str
    value: Callable[[S_contra], Any]
    shape: "Shape[Any] | None" = None


class Always(Generic[T]):
    """A value that every subject has."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __call__(self, _: object) -> T:
        return self.value


@dataclass(frozen=True, slots=True)
class Block(Generic[S_contra]):
    """Fields of something beside the subject, such as its owner; all left out where *of* is None.

    A part of a subject's own that is not always there is a block of the subject itself. *shared*
    is what many subjects have in common, such as a zone: its fields are texts, numbers and flags of
    it alone, and are made once for subjects in a row.
    """

    of: Callable[[S_contra], Any]
    parts: "Parts[Any]"
    shared: bool = False


Part = Field[S_contra] | Block[S_contra]
Parts = tuple[Part[S_contra], ...]
"""Fields that several shapes have: one declares them once, and each takes them in."""
