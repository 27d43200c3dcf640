"""Which organisations sign in through their own identity provider: data in the programme folder. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = "single_sign_on.toml"


@dataclass(frozen=True)
class Provider:
    """One organisation's own way in. Its secret is in the environment, under the name that `secret_from` says."""

    key: str
    name: str
    organisation: str
    server: str
    client: str
    secret: str
    # Other addresses that it sends a browser through.
    through: tuple[str, ...] = ()

    @property
    def origins(self) -> list[str]:
        return [f"{each.scheme}://{each.netloc}" for each in map(urlsplit, (self.server, *self.through))]


def read(folder: Path, environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """The providers of a programme, by the order of its file; none if there is no file."""
    path = folder / FILE
    if not path.exists():
        return ()
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_one(key, about, environment) for key, about in said.get("providers", {}).items())


def _one(key: str, about: Mapping[str, Any], environment: Mapping[str, str]) -> Provider:
    return Provider(
        key,
        about["name"],
        about["organisation"],
        about["server"],
        about["client"],
        environment.get(about["secret_from"], ""),
        tuple(about.get("through", ())),
    )


def origins(providers: Iterable[Provider]) -> list[str]:
    return sorted({origin for each in providers for origin in each.origins})


def for_allauth(providers: Iterable[Provider]) -> dict[str, Any]:
    """The same, in the words that allauth reads."""
    apps = [
        {
            "provider_id": each.key,
            "name": each.name,
            "client_id": each.client,
            "secret": each.secret,
            # Only the identity is asked for: no e-mail address and no profile is kept here.
            "settings": {
                "server_url": each.server,
                "scope": ["openid"],
                "oauth_pkce_enabled": True,
                "uid_field": "sub",
            },
        }
        for each in providers
    ]
    return {"openid_connect": {"APPS": apps}}
