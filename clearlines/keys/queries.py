"""What is sealed, and whether it opens. Answers counts and places, never words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.access.viewer import Viewer
from clearlines.keys import box
from clearlines.keys.fields import EncryptedText, Sealed

AT_ONCE = 200


def sealed_models() -> list[tuple[type[Model], list[EncryptedText]]]:
    """Every model with sealed fields: the fields say so themselves, and there is no other list."""
    found = []
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
        if fields:
            found.append((model, fields))
    return found


@dataclass
class Found:
    """How many values are sealed, how many still lie in clear, and each that does not open."""

    sealed: int
    plain: int
    unreadable: list[str]

    @property
    def is_whole(self) -> bool:
        return not self.plain and not self.unreadable


def found(viewer: Viewer, *, organisation: str = "") -> Found:
    """Open every sealed value of every row, or of one organisation's rows, and say what did not."""
    if not viewer.may(P.RUN_SYSTEM):
        raise Forbidden(f"Your role does not let you {P.RUN_SYSTEM.sentence}.")
    answer = Found(0, 0, [])
    for model, fields in sealed_models():
        for row in _rows(model, organisation):
            for field in fields:
                _look_at(row, field, answer)
    return answer


def batches(model: type[Model], organisation: str) -> Iterator[list[Model]]:
    """A model's rows by key, a few hundred at a time, so that a stopped run begins again where it likes."""
    rows = model._default_manager.order_by("pk")
    if organisation:
        rows = rows.filter(owner=organisation)
    last = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


def _rows(model: type[Model], organisation: str) -> Iterator[Model]:
    for batch in batches(model, organisation):
        yield from batch


def _look_at(row: Model, field: EncryptedText, answer: Found) -> None:
    held = getattr(row, field.attname)
    if not isinstance(held, Sealed):
        return
    if held.is_plain:
        answer.plain += 1
        return
    try:
        field.from_text(field.opened(row, held))
        answer.sealed += 1
    except (box.Unreadable, ValueError):
        answer.unreadable.append(field.place_of(row))
