"""Model fields whose words lie in the database sealed, under the key of the organisation that owns the row.

    own_words = EncryptedText()
    plan.own_words                  the words; opened when they are first read
    plan.own_words_sealed           what the database holds: Sealed, or "" where nothing was written

Save them through the row (save, bulk_create, bulk_update). They cannot be searched or sorted: only asked if empty.
"""

import base64
import binascii
import json
import sys
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute

from clearlines.access.refusals import Refused
from clearlines.keys import box, ring
from clearlines.keys.middleware import who
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind

MARK = "clk1."
TO_STANDARD = bytes.maketrans(b"-_+/", b"+/!!")
CANNOT_BE_OPENED = "This note cannot be opened: tell your information manager."


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a column holds. Not a string, so that it is never shown in place of the words."""

    text: str

    @property
    def is_plain(self) -> bool:
        """Written before this field was sealed, and not yet re-written by `clearlines keys encrypt`."""
        return not self.text.startswith(MARK)

    @property
    def bytes(self) -> bytes:
        try:
            # base64's own check of the alphabet is a regular expression: five times the cost of opening.
            return binascii.a2b_base64(self.text[len(MARK) :].encode("ascii").translate(TO_STANDARD), strict_mode=True)
        except (binascii.Error, ValueError):
            raise box.Unreadable from None

    def __str__(self) -> str:
        return "(sealed)"


@dataclass(frozen=True, slots=True)
class Fresh:
    """Words set on a row and not yet sealed: they are sealed each time the row is written."""

    words: str


class ColumnValue(DeferredAttribute):
    """`row.words_sealed`: every road to the database reads this, so none can write the words in clear."""

    field: "EncryptedText"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = super().__get__(instance, cls)
        return self.field.seal(instance, held.words) if isinstance(held, Fresh) else held

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__.pop(self.field.name, None)
        instance.__dict__[self.field.attname] = value if isinstance(value, Sealed) or not value else Fresh(value)


class Words:
    """`row.words`: opened when first read, then kept on the row."""

    def __init__(self, field: "EncryptedText") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__
        if self.field.name not in kept:
            kept[self.field.name] = self.field.open(instance, getattr(instance, self.field.attname))
        return kept[self.field.name]

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value == CANNOT_BE_OPENED and isinstance(getattr(instance, self.field.attname), Sealed):
            return  # a form gave back the sentence it was shown: what lies there is kept, it may open again one day
        written = value if isinstance(value, Sealed) else self.field.as_text(value)
        setattr(instance, self.field.attname, written)
        if not isinstance(value, Sealed):
            instance.__dict__[self.field.name] = value


class EncryptedText(models.TextField):
    """Text sealed under its owner's key and bound to its row and field. Empty stays empty."""

    descriptor_class = ColumnValue
    purpose = "notes"

    def get_attname_column(self) -> tuple[str, str]:
        # The type checker asks Django what a constructor takes, and knows no field but a key that has two names.
        attname = self.name if "mypy_django_plugin" in sys.modules else f"{self.name}_sealed"
        return attname, self.db_column or self.name

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, Words(self))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        # How long the words may be is no limit of the column, which holds ciphertext.
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    # To and from the words.

    def as_text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def from_text(self, text: str) -> Any:
        return text

    def place_of(self, row: models.Model) -> str:
        """What a sealed value is bound to: it opens in this field of this row and nowhere else."""
        return f"{row._meta.label}:{row.pk}:{self.name}"

    def seal(self, row: models.Model, text: str) -> Sealed:
        if self.max_length and len(text) > self.max_length:
            raise Refused([f"shorten “{self.verbose_name}” to {self.max_length} characters or fewer"])
        controller = row.owner_id  # type: ignore[attr-defined]
        plain = text.encode("utf-8", "surrogatepass")
        sealed = box.seal(controller, plain, about=self.place_of(row), purpose=self.purpose)
        return Sealed(MARK + base64.urlsafe_b64encode(sealed).decode())

    def open(self, row: models.Model, held: Any) -> Any:
        """The words, or the sentence that says they cannot be opened, which leaves a ledger entry."""
        if not isinstance(held, Sealed):
            return self.from_text(held) if held else self.nothing()
        try:
            return self.from_text(self.opened(row, held))
        except (box.Unreadable, ValueError):
            note_unreadable(row, self)
            return self.unreadable()

    def opened(self, row: models.Model, held: Sealed) -> str:
        """The text, or Unreadable."""
        if held.is_plain:
            return held.text
        controller = row.owner_id  # type: ignore[attr-defined]
        plain = box.open(controller, held.bytes, about=self.place_of(row), purpose=self.purpose)
        return plain.decode("utf-8", "surrogatepass")

    def is_under_the_newest_key(self, row: models.Model, held: Sealed) -> bool:
        controller = row.owner_id  # type: ignore[attr-defined]
        return not held.is_plain and box.is_newest(controller, held.bytes, purpose=self.purpose)

    def nothing(self) -> Any:
        return ""

    def unreadable(self) -> Any:
        return CANNOT_BE_OPENED

    # To and from the database.

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def to_python(self, value: Any) -> Any:
        """What loaddata reads is what dumpdata wrote: sealed."""
        return Sealed(value) if isinstance(value, str) and value.startswith(MARK) else value

    def value_to_string(self, obj: models.Model) -> str:
        held = self.value_from_object(obj)
        return held.text if isinstance(held, Sealed) else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = super().pre_save(model_instance, add)
        untouched = model_instance.__dict__.get(self.attname)
        if add and isinstance(untouched, Sealed):
            # A row copied under a new key keeps words bound to the old one: set them again, or they never open.
            self.opened(model_instance, untouched)
        return held

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.text
        if value is None or value == "":
            return value
        if hasattr(value, "resolve_expression"):
            return value
        raise FieldError(f"{self} is sealed row by row: set it on the row and save the row")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("exact", "isnull"):
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self} is sealed: it can be asked whether it is empty, and nothing else")

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """What reaches this is sealed already, and sealing has refused what is too long."""
        return value


class EmptyOnly(Exact):
    def get_prep_lookup(self) -> Any:
        # A sealed value may be asked for as it lies: so re-sealing never overwrites what was written meanwhile.
        if self.rhs not in ("", None) and not isinstance(self.rhs, Sealed):
            raise FieldError(
                f"{self.lhs.output_field} is sealed: it can be asked whether it is empty, and nothing else"
            )
        return super().get_prep_lookup()


EncryptedText.register_lookup(EmptyOnly)


class EncryptedJSON(EncryptedText):
    """Lists and tables of words, sealed whole. Set a new one: what is changed in place is not written."""

    # The stubs' own names for what may be set and what is read.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, holds: type = dict, **kwargs: Any) -> None:
        self.holds = holds
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.holds is not dict:
            kwargs["holds"] = self.holds
        return name, path, args, kwargs

    def as_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def nothing(self) -> Any:
        return self.holds()

    def unreadable(self) -> Any:
        return [CANNOT_BE_OPENED] if self.holds is list else {}


def note_unreadable(row: models.Model, field: EncryptedText) -> None:
    by = who.get() or ring.Machine(row.owner_id)  # type: ignore[attr-defined]
    ledger.record("keys.unreadable", kind=Kind.OPERATION, by=by, about=[row], note=field.name)
