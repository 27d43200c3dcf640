"""An organisation's own sign-in, for tests: npm's oidc-provider, a real OpenID Connect provider, on loopback."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clearlines.access import single_sign_on
from clearlines.access.single_sign_on import Provider

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = Path(__file__).with_suffix(".mjs")
SECRET = "only for tests"


@contextmanager
def running(*comes_back_to: str, organisation: str = "police", key: str = "police") -> Iterator[Provider]:
    """The provider, as the programme folder would name it, until the block ends."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.fail("the identity provider is not installed: bin/test installs it, or run bin/assets")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [node, str(SCRIPT), str(port), "clearlines", SECRET, *comes_back_to]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        if "ready" not in (server.stdout.readline()):
            pytest.fail("the identity provider did not start: try node tests/identity_provider.mjs by hand")
        yield Provider(key, "Fellside Constabulary", organisation, f"http://127.0.0.1:{port}", "clearlines", SECRET)
    finally:
        server.terminate()
        server.wait(timeout=10)
        server.stdout.close()


def use(settings, *providers: Provider) -> None:
    """As if the programme folder named these."""
    settings.SINGLE_SIGN_ON = providers
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.for_allauth(providers)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = [*policy["form-action"], *single_sign_on.origins(providers)]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | {"form-action": allowed}}
