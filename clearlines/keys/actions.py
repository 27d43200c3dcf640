"""Turn keys: a new data key, the old ones wrapped anew, and what was sealed sealed again."""

from collections.abc import Iterable

from django.db.models import Model

from clearlines.access.acts import action
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused
from clearlines.access.viewer import Viewer
from clearlines.keys import box, ring
from clearlines.keys.fields import EncryptedText, Sealed
from clearlines.keys.holders import holder
from clearlines.keys.models import DataKey, Purpose
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.RUN_SYSTEM)
def rotate(*, by: Viewer, organisation: Organisation, purposes: Iterable[Purpose] = ()) -> list[DataKey]:
    """A new data key for each purpose in use, or those named. What is sealed under the former ones still opens."""
    standing = DataKey.objects.select_for_update().filter(organisation=organisation).order_by("version")
    newest = {key.purpose: key.version for key in standing}
    wanted = [*purposes] or [Purpose(each) for each in newest] or [Purpose.NOTES]
    made = [ring.add(organisation.pk, purpose, newest.get(purpose, 0) + 1) for purpose in wanted]
    ledger.record("keys.rotated", kind=Kind.OPERATION, by=by, about=[organisation, *made], note=", ".join(wanted))
    return made


@action(may=P.RUN_SYSTEM)
def rewrap(*, by: Viewer, organisation: Organisation) -> int:
    """After the controller changed its own key: every data key under the new one. No note is touched."""
    keys = list(DataKey.objects.select_for_update().filter(organisation=organisation))
    if not keys:
        raise Refused([f"{organisation} has no data keys yet"])
    for key in keys:
        secret = holder().unwrap(organisation.pk, bytes(key.wrapped), about=key.about)
        key.wrapped = holder().wrap(organisation.pk, secret, about=key.about)
        key.save(update_fields=["wrapped"])
    ledger.record("keys.rewrapped", kind=Kind.OPERATION, by=by, about=[organisation, *keys], note=str(len(keys)))
    return len(keys)


@action(may=P.RUN_SYSTEM)
def reseal(*, by: Viewer, model: type[Model], rows: list[Model]) -> int:
    """Seal under the newest key whatever of these rows is not. What was written meanwhile is left as it is."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
    done = sum(_reseal(row, field) for row in rows for field in fields)
    ledger.record("keys.resealed", kind=Kind.OPERATION, by=by, note=f"{model._meta.label} {done}")
    return done


def _reseal(row: Model, field: EncryptedText) -> int:
    held = getattr(row, field.attname)
    if not isinstance(held, Sealed) or field.is_under_the_newest_key(row, held):
        return 0
    try:
        text = field.opened(row, held)
    except box.Unreadable:
        return 0  # `clearlines keys check` names it
    # "[]" and "{}" are how lists and tables lay empty before they were sealed.
    value = "" if text in ("[]", "{}") and field.nothing() != "" else field.seal(row, text)
    as_it_lay = type(row)._default_manager.filter(pk=row.pk, **{field.name: held})
    return as_it_lay.update(**{field.name: value})


@action(may=P.RUN_SYSTEM)
def note_backup(*, by: Viewer, event: str, sha256: str) -> None:
    """That a backup was made or restored, and which."""
    ledger.record(event, kind=Kind.OPERATION, by=by, note=sha256)
