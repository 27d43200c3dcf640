"""The database and the folders of files in one sealed file, with a manifest beside it."""

import hashlib
import json
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.keys import actions
from clearlines.keys.backups import engines
from clearlines.keys.backups.stream import PIECE, Damaged, Opening, Sealing

DATABASE, INSIDE = "database", "inside.json"


def folders() -> dict[str, Path]:
    return {"files": Path(settings.MEDIA_ROOT), "incidents": Path(settings.INCIDENTS_DIR)}


def make(folder: Path, *, by: Viewer) -> dict[str, Any]:
    """What the manifest says: file, sha256, bytes, made_at, engine. Nothing is left behind if it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"clearlines-{now:%Y%m%d-%H%M%S}.clb"
    told = {"made_at": now.isoformat(timespec="seconds"), "engine": connection.vendor}
    half = path.with_suffix(".part")
    try:
        _write(half, told)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    fingerprint = sha256(path)
    manifest = {"file": path.name, "sha256": fingerprint, "bytes": path.stat().st_size, **told}
    path.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    actions.note_backup(by=by, event="backup.made", sha256=fingerprint)
    return manifest


def _write(path: Path, told: dict[str, str]) -> None:
    # Beside the database, so that its clear columns touch no disk they do not lie on already.
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".backup-") as working, path.open("xb") as out:
        path.chmod(0o600)
        copy = Path(working) / DATABASE
        # The database first: a file is on disk before its row is committed, so none that a row names can be missing.
        engines.copy_to(copy)
        said = Path(working) / INSIDE
        said.write_text(json.dumps({**told, "database_sha256": sha256(copy)}), encoding="utf-8")
        sealing = Sealing(out, controller=settings.KEYS_FOR_BACKUPS)
        with tarfile.open(fileobj=sealing, mode="w|") as tar:
            tar.add(said, INSIDE)
            tar.add(copy, DATABASE)
            for name, folder in folders().items():
                if folder.is_dir():
                    tar.add(folder, name)
        sealing.finish()


def restore(path: Path, *, by: Viewer) -> dict[str, Any]:
    """Nothing is touched before every byte has been opened and checked."""
    refuse_if([*engines.reasons_not_to_fill(), *_reasons_not_to_fill_folders()])
    _refuse_unlike_its_manifest(path)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".restore-") as working:
        inside = Path(working)
        _unpack(path, inside)
        told = json.loads((inside / INSIDE).read_text(encoding="utf-8"))
        if told["engine"] != connection.vendor:
            raise Refused([f"this backup is of a {told['engine']} database and this one is {connection.vendor}"])
        if told["database_sha256"] != sha256(inside / DATABASE):
            raise Damaged
        engines.fill_from(inside / DATABASE)
        for name, folder in folders().items():
            if (inside / name).is_dir():
                _move(inside / name, folder)
    actions.note_backup(by=by, event="backup.restored", sha256=sha256(path))
    return {"file": path.name, **told}


def _unpack(path: Path, inside: Path) -> None:
    try:
        with path.open("rb") as source:
            opening = Opening(source)
            with tarfile.open(fileobj=opening, mode="r|") as tar:
                # The filter refuses names that lead outside, links and devices.
                tar.extractall(inside, filter="data")
            # An archive says where it ends before the stream does, and only the stream's end proves nothing is missing.
            while opening.read(PIECE):
                pass
    except tarfile.TarError:
        raise Damaged from None


def _move(here: Path, there: Path) -> None:
    if there.is_dir():
        there.rmdir()
    there.parent.mkdir(parents=True, exist_ok=True)
    here.rename(there)


def _reasons_not_to_fill_folders() -> list[str]:
    return [
        f"the folder of {name} is not empty: restore beside an empty one"
        for name, folder in folders().items()
        if folder.is_dir() and any(folder.iterdir())
    ]


def _refuse_unlike_its_manifest(path: Path) -> None:
    manifest = path.with_suffix(".json")
    if manifest.exists() and json.loads(manifest.read_text(encoding="utf-8")).get("sha256") != sha256(path):
        raise Damaged


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
