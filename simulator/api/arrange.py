"""What no API of a cloud can do: overwrite a record."""

from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec

from simulator.api.entities import ENTITIES
from simulator.engine.store import Store


def overwrite(store: Store, kind: str, entity_id: str, fields: Mapping[str, Any]) -> None:
    """Overwrite *fields* of a record, text becoming what the field holds.

    KeyError or ValueError for a kind, a record, a field or a value there is not.
    """
    where = getattr(store, ENTITIES[kind].store)
    old = where[entity_id]
    hints = get_type_hints(type(old))
    record = old._replace(**{n: msgspec.convert(v, hints[n]) for n, v in fields.items()})
    if kind == "volume":
        store.put_volume(record)
    elif kind == "vm":
        store.put_vm(record)
    else:
        where[entity_id] = record
