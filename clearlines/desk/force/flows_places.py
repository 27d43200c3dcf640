"""Where the places of the map are: the towns that hotspots knows, and the programme's own areas.toml."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from pyproj import Transformer

from clearlines.hotspots import queries as hotspots

_to_metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform


@dataclass(frozen=True)
class Atlas:
    """Name, in any case → metres east and north on British National Grid."""

    spots: dict[str, tuple[float, float]]
    source: str
    is_verified: bool

    def of(self, name: str) -> tuple[float, float] | None:
        return self.spots.get(name.strip().casefold())


@functools.cache
def atlas(folder: Path | None = None) -> Atlas:
    """A programme without the file has the towns alone, and lists its areas under the map."""
    path = (folder or settings.PROGRAMME_DIR) / "areas.toml"
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    degrees = hotspots.towns() | said.get("areas", {})
    spots = {name.casefold(): _to_metres(longitude, latitude) for name, (latitude, longitude) in degrees.items()}
    return Atlas(spots, said.get("source", ""), said.get("verified", False))
