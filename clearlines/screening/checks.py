"""A malformed screening tool stops the system check, in a sentence that names the file and the fault."""

from typing import Any

from django.core.checks import Error, register

from clearlines.screening import instruments


@register()
def tools_are_well_formed(app_configs: Any, **kwargs: Any) -> list[Error]:
    faults = []
    for path in sorted(instruments.FOLDER.glob("*.toml")):
        try:
            instruments.read(path)
        except instruments.Malformed as wrong:
            faults.append(Error(str(wrong), id="screening.E001"))
    return faults
