"""A photograph sent with a report: drawn anew, sealed, and shown to whoever may read the report."""

import io
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clearlines.access.refusals import Refused
from clearlines.access.viewer import Viewer
from clearlines.ledger.models import Entry
from clearlines.reports import actions, rules, timed
from clearlines.reports.models import Photograph, Report
from clearlines.reports.tests import build
from clearlines.reports.tests.test_pages import fill_in, send
from clearlines.web.tests.test_photographs import SECRET, as_a_phone_writes_it
from tests.cast import NOON


@pytest.fixture(autouse=True)
def vault(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "vault")
    return tmp_path / "vault"


def files(vault: Path) -> list[Path]:
    return [each for each in vault.rglob("*") if each.is_file()]


def chosen(name="flat.jpg", body=None):
    return {"photograph": SimpleUploadedFile(name, body or as_a_phone_writes_it(), "image/jpeg")}


def test_a_neighbour_sends_a_photograph_and_nothing_of_the_phone_is_kept(cast, client, as_, vault):
    client.post(reverse("reports-start"), {"danger": "no"})
    assert client.post(reverse("reports-photograph"), chosen("Jean Smith.jpg")).status_code == 302
    send(client, fill_in(client))
    photograph = Photograph.objects.get()
    assert photograph.report == Report.objects.get()
    (file,) = files(vault)
    assert b"\xff\xd8\xff" not in file.read_bytes()
    assert "Jean" not in str(Photograph.objects.values()) + file.name
    shown = as_("officer").get(reverse("reports-picture", args=[photograph.report_id, photograph.pk]))
    assert shown.content.startswith(b"\xff\xd8")
    assert SECRET not in shown.content
    assert b"Exif" not in shown.content


def test_a_picture_is_shown_so_that_it_can_do_nothing_else(cast, as_):
    report = build.photographed(cast.nobody)
    address = [report.pk, report.photographs.get().pk]
    shown = as_("officer").get(reverse("reports-picture", args=address))
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]
    file = as_("officer").get(reverse("reports-picture-file", args=address))
    assert file["Content-Disposition"].startswith("attachment; ")
    assert Entry.objects.filter(event="looked:reports-picture-file").count() == 1


def test_triage_shows_each_photograph_with_words_for_it(cast, as_):
    report = build.photographed(cast.nobody)
    page = as_("officer").get(reverse("triage-report", args=[report.pk])).content.decode()
    assert reverse("reports-picture", args=[report.pk, report.photographs.get().pk]) in page
    assert 'alt="Photograph 1 of 1 sent with this report"' in page


def test_a_photograph_of_another_report_is_not_there(cast, as_):
    one, other = build.photographed(cast.nobody), build.report(cast.nobody)
    photograph = one.photographs.get()
    assert as_("officer").get(reverse("reports-picture", args=[other.pk, photograph.pk])).status_code == 404
    assert as_("stranger").get(reverse("reports-picture", args=[one.pk, photograph.pk])).status_code == 404


def test_a_file_moved_in_the_vault_does_not_open(cast, as_, vault):
    one, two = build.photographed(cast.nobody), build.photographed(cast.nobody)
    first, second = (vault / each.file[:2] / each.file for each in (one.photographs.get(), two.photographs.get()))
    first.write_bytes(second.read_bytes())
    address = reverse("reports-picture", args=[one.pk, one.photographs.get().pk])
    assert as_("officer").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("flat.jpg", b"<script>alert(1)</script>", b"Choose a photograph that is a JPEG"),
        ("flat.heic", b"\0\0\0\x18ftypheic", b"take a screenshot"),
        ("flat.svg", b"<svg onload=alert(1)>", b"Choose a photograph that is a JPEG"),
        ("flat.jpg", as_a_phone_writes_it()[:200], b"cannot be opened"),
    ],
)
def test_what_is_no_photograph_is_refused_on_its_page_and_nothing_typed_is_lost(
    cast, client, vault, name, body, sentence
):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-what"), {"words": "Visitors at flat 4 all night."})
    page = client.post(reverse("reports-photograph"), chosen(name, body))
    assert sentence in page.content
    assert not files(vault)
    assert b"Visitors at flat 4" in client.get(reverse("reports-what")).content


def test_a_fault_on_a_later_page_loses_no_photograph(cast, client):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-photograph"), chosen())
    assert b"Say how you know" in client.post(reverse("reports-how-known"), {"how_known": ""}).content
    assert b"Chosen: 1 of 3" in client.get(reverse("reports-photograph")).content


def test_three_photographs_and_no_more(cast, client):
    client.post(reverse("reports-start"), {"danger": "no"})
    for _ in range(3):
        answer = client.post(reverse("reports-photograph"), chosen() | {"another": "yes"})
        assert answer["Location"] == reverse("reports-photograph")
    assert b"as many as one report can carry" in client.get(reverse("reports-photograph")).content
    assert b"can carry 3 photographs" in client.post(reverse("reports-photograph"), chosen()).content
    assert Photograph.objects.count() == 3


def test_a_photograph_is_taken_out_before_sending(cast, client, vault, django_capture_on_commit_callbacks):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-photograph"), chosen())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports-remove-photograph", args=[9]))
        assert Photograph.objects.exists()
        client.post(reverse("reports-remove-photograph", args=[1]))
    assert not Photograph.objects.exists()
    assert not files(vault)


def test_nobody_takes_out_somebody_elses(cast, client, as_):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-photograph"), chosen())
    as_("nobody").post(reverse("reports-remove-photograph", args=[1]))
    assert Photograph.objects.count() == 1


def test_what_was_sent_stays_as_it_was_received(cast):
    report = build.photographed(cast.nobody)
    actions.remove_photograph(by=cast.nobody, sent_as=report.pk, number=1)
    assert report.photographs.count() == 1


def test_leaving_lets_go_of_what_was_chosen(cast, client, vault, django_capture_on_commit_callbacks):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-photograph"), chosen())
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("reports-leave"))
    assert not Photograph.objects.exists()
    assert not files(vault)


def test_what_was_never_sent_is_let_go_after_four_hours(cast, vault, django_capture_on_commit_callbacks):
    actions.keep_photograph(by=cast.nobody, sent_as=uuid.uuid4(), drawn=build.a_picture())
    kept = build.photographed(cast.nobody)
    soon, later = (machine_at(NOON + timedelta(hours=hours)) for hours in (3, 5))
    assert timed.tick(by=soon) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert timed.tick(by=later) == 1
    assert timed.tick(by=later) == 0
    assert list(Photograph.objects.all()) == list(kept.photographs.all())
    assert len(files(vault)) == 1


def machine_at(moment):
    from clearlines.access.permissions import Permission

    return Viewer(None, moment, (), frozenset({Permission.RUN_SYSTEM}), frozenset(), "the machine")


def test_nobody_can_fill_the_disk_without_a_name(cast, monkeypatch):
    monkeypatch.setattr(rules, "MOST_UNSENT_PHOTOGRAPHS", 2)
    for _ in range(2):
        actions.keep_photograph(by=cast.nobody, sent_as=uuid.uuid4(), drawn=build.a_picture())
    with pytest.raises(Refused, match="too many photographs"):
        actions.keep_photograph(by=cast.nobody, sent_as=uuid.uuid4(), drawn=build.a_picture())


def test_the_step_is_not_open_before_danger_is_asked_about(cast, client):
    assert client.post(reverse("reports-photograph"), chosen())["Location"] == reverse("reports-start")
    assert not Photograph.objects.exists()


def test_a_picture_that_is_kept_is_one_we_drew(cast):
    from PIL import Image

    with Image.open(io.BytesIO(build.a_picture().body)) as picture:
        assert picture.format == "JPEG"
