"""Files are ciphertext on disk, and no name leads out of their folder."""

import pytest

from clearlines.keys import box
from clearlines.keys.files import Vault

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8 a photograph of a front door " * 50


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path)


def test_a_file_is_ciphertext_on_disk_and_opens_again(cast, vault, tmp_path):
    name = vault.save("charity", PHOTO, about="visits.Photo:1")
    on_disk = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(on_disk) == 1
    assert b"front door" not in on_disk[0].read_bytes()
    assert on_disk[0].stat().st_mode & 0o077 == 0
    assert vault.open("charity", name, about="visits.Photo:1") == PHOTO


@pytest.mark.parametrize(
    "name", ["", ".", "../secret_key", "/etc/passwd", "a" * 31, "A" * 32, "00/../../x", "0" * 32 + "\n"]
)
def test_no_name_leads_out_of_the_folder(cast, vault, name):
    with pytest.raises(box.Unreadable):
        vault.open("charity", name, about="x")
    with pytest.raises(box.Unreadable):
        vault.erase(name)


def test_two_files_that_change_places_do_not_open(cast, vault):
    one, other = (vault.save("charity", words, about="same") for words in (b"one", b"other"))
    here, there = vault._path(one), vault._path(other)
    mine, theirs = here.read_bytes(), there.read_bytes()
    here.write_bytes(theirs)
    there.write_bytes(mine)
    for name in (one, other):
        with pytest.raises(box.Unreadable):
            vault.open("charity", name, about="same")


def test_a_file_of_one_organisation_does_not_open_for_another(cast, vault):
    name = vault.save("charity", PHOTO, about="a")
    for organisation, about in [("police", "a"), ("charity", "b")]:
        with pytest.raises(box.Unreadable):
            vault.open(organisation, name, about=about)


def test_an_erased_file_is_gone(cast, vault):
    name = vault.save("charity", PHOTO, about="a")
    vault.erase(name)
    with pytest.raises(box.Unreadable):
        vault.open("charity", name, about="a")
