"""What the programme folder says of disruptions: which agencies there are, and how many working days things take."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from clearlines.disruptions.kinds import Malformed
from clearlines.disruptions.states import CHARITY
from clearlines.web.working_days import working_days_after

FILE = "disruptions.toml"
KINDS = frozenset({"police", CHARITY, "council", "housing", "probation", "health", "fire", "national", "other"})


@dataclass(frozen=True)
class Agency:
    code: str
    name: str
    kind: str

    @property
    def is_charity(self) -> bool:
        return self.kind == CHARITY


@dataclass(frozen=True)
class Agreed:
    version: str
    verified: bool
    comply_within: int
    moderate_within: int
    agencies: dict[str, Agency]
    holidays: frozenset[date]

    def complies_by(self, granted_on: date) -> date:
        """The last day on which an order may be complied with, where it does not say another."""
        return working_days_after(granted_on, self.comply_within, self.holidays)

    def moderated_by(self, recorded_on: date) -> date:
        return working_days_after(recorded_on, self.moderate_within, self.holidays)

    def name_of(self, code: str) -> str:
        """The agency's name; its code, where it has left the programme's list."""
        return self.agencies[code].name if code in self.agencies else code

    def kind_of(self, code: str) -> str:
        return self.agencies[code].kind if code in self.agencies else ""

    @property
    def that_lead(self) -> list[tuple[str, str]]:
        return [(each.code, each.name) for each in self.agencies.values() if not each.is_charity]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(each.code, each.name) for each in self.agencies.values()]


def agreed() -> Agreed:
    return _read_once(settings.PROGRAMME_DIR)


@functools.cache
def _read_once(folder: Path) -> Agreed:
    return read(folder)


def read(folder: Path) -> Agreed:
    """What a programme folder says, or Malformed saying what is wrong with it."""
    try:
        said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        days = tomllib.loads((folder / "bank_holidays.toml").read_text(encoding="utf-8"))
        found = Agreed(
            version=said["version"],
            verified=said["verified"] and days["verified"],
            comply_within=int(said["comply_within_working_days"]),
            moderate_within=int(said["moderate_within_working_days"]),
            agencies={code: Agency(code, each["name"], each["kind"]) for code, each in said["agencies"].items()},
            holidays=frozenset(days["days"]),
        )
    except FileNotFoundError as wrong:
        raise Malformed(f"{wrong.filename} is not there: it names the agencies that take part") from wrong
    except (KeyError, TypeError, ValueError) as wrong:
        raise Malformed(f"{FILE}: {wrong}") from wrong
    if odd := sorted(code for code, each in found.agencies.items() if each.kind not in KINDS):
        raise Malformed(f"{FILE}: the kind of {', '.join(odd)} is none of {', '.join(sorted(KINDS))}")
    return found
