"""A malformed list, or a programme whose agencies cannot be read, stops the system check in a sentence."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from clearlines.disruptions import agencies, kinds


@register()
def lists_are_well_formed(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [Error(said, id="disruptions.E001") for said in _faults()]


def _faults() -> Iterator[str]:
    paths = sorted(kinds.FOLDER.glob("*.toml"))
    missing = sorted(set(kinds.MADE_BY) - {path.name.split(".")[0] for path in paths})
    yield from (f"there is no list of {name}" for name in missing)
    for path in paths:
        try:
            kinds.read(path)
        except kinds.Malformed as wrong:
            yield str(wrong)
    try:
        agencies.read(settings.PROGRAMME_DIR)
    except kinds.Malformed as wrong:
        yield str(wrong)
