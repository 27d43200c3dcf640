"""Keys are turned without losing a word."""

import base64
import json
import shlex
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.access.models import Organisation
from clearlines.access.refusals import Forbidden
from clearlines.access.viewer import Viewer
from clearlines.care.models import Plan
from clearlines.care.tests import build
from clearlines.cli.console import Console
from clearlines.cli.main import main
from clearlines.keys import actions, box, checks, holders, queries, ring
from clearlines.keys.fields import CANNOT_BE_OPENED
from clearlines.keys.holders import KeyMissing
from clearlines.keys.models import DataKey
from clearlines.keys.tests.test_box import same_cast
from clearlines.keys.tests.test_fields import again, column, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_keys(settings, tmp_path):
    """A folder of keys for one test, so that a lost key loses nothing of another's."""
    settings.KEYS_DIR = tmp_path / "keys"
    ring.forget()
    return settings.KEYS_DIR


@pytest.fixture
def plan(own_keys, cast):
    return build.plan(cast.worker, keep_safe="ring my sister")


def machine() -> Viewer:
    return Console().machine


def charity() -> Organisation:
    return Organisation.objects.get(pk="charity")


def turn(step):
    {
        "rotate": lambda: actions.rotate(by=machine(), organisation=charity()),
        "rewrap": lambda: actions.rewrap(by=machine(), organisation=charity()),
        "encrypt": lambda: main(["keys", "encrypt", "--json"]),
        "new own key": lambda: main(["keys", "make", "--organisation", "charity", "--again"]),
        "forget": ring.forget,
    }[step]()


@settings(same_cast, max_examples=25)
@given(steps=st.lists(st.sampled_from(["rotate", "rewrap", "encrypt", "new own key", "forget"]), max_size=8))
def test_however_keys_are_turned_no_word_is_lost(plan, steps):
    for step in steps:
        turn(step)
    ring.forget()
    assert again(plan).own_words == build.OWN_WORDS
    assert again(plan).keep_safe == "ring my sister"
    assert queries.found(machine()).is_whole


def test_after_rotating_new_words_are_under_the_new_key_and_old_words_open(plan):
    first = DataKey.objects.get(organisation="charity", purpose="notes")
    actions.rotate(by=machine(), organisation=charity())
    old = again(plan)
    assert box.key_of(old.own_words_sealed.bytes) == first.pk
    old.closed_why = "a new plan was agreed"
    old.save()
    assert again(plan).closed_why == "a new plan was agreed"
    assert box.key_of(again(plan).closed_why_sealed.bytes) != first.pk


def test_encrypt_brings_every_row_to_the_newest_key_and_may_be_run_twice(plan, capsys):
    put(plan, "if_it_slips", "Written before anything was sealed")
    actions.rotate(by=machine(), organisation=charity())
    assert main(["keys", "check"]) == 1
    assert main(["keys", "encrypt", "--json"]) == 0
    done = json.loads(capsys.readouterr().out.split("\n", 1)[1])["resealed"]
    assert done["care.Plan"] == 3
    assert again(plan).if_it_slips == "Written before anything was sealed"
    assert main(["keys", "encrypt", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["resealed"].values()) == {0}
    assert main(["keys", "check"]) == 0


def test_what_was_written_while_it_was_being_sealed_anew_is_kept(plan):
    actions.rotate(by=machine(), organisation=charity())
    stale = again(plan)
    stale.own_words  # noqa: B018
    newer = again(plan)
    newer.own_words = "I have changed my mind"
    newer.save()
    actions.reseal(by=machine(), model=Plan, rows=[stale])
    assert again(plan).own_words == "I have changed my mind"


def test_check_names_the_first_note_that_does_not_open(plan, capsys):
    put(plan, "keep_safe", column(plan, "keep_safe")[:-2] + "AA")
    assert main(["keys", "check"]) == 1
    assert f"care.Plan:{plan.pk}:keep_safe" in capsys.readouterr().out


def test_a_former_own_key_may_be_destroyed_after_rewrapping(plan, own_keys):
    turn("new own key")
    turn("rewrap")
    path = own_keys / "charity.key"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    ring.forget()
    assert again(plan).own_words == build.OWN_WORDS


def test_a_former_own_key_destroyed_too_soon_loses_nothing_that_putting_it_back_does_not_mend(plan, own_keys):
    before = (own_keys / "charity.key").read_text()
    (own_keys / "charity.key").unlink()
    holders.make("charity")
    ring.forget()
    assert again(plan).own_words == CANNOT_BE_OPENED
    with pytest.raises(KeyMissing, match="put the former key back"):
        turn("rewrap")
    (own_keys / "charity.key").write_text(before)
    ring.forget()
    assert again(plan).own_words == build.OWN_WORDS


@pytest.mark.parametrize("who", ["lead", "worker", "officer", "charity.information", "commissioner"])
def test_nobody_who_reads_records_turns_keys_or_walks_the_notes(cast, who):
    someone = cast.viewer(who)
    with pytest.raises(Forbidden):
        actions.rotate(by=someone, organisation=charity())
    with pytest.raises(Forbidden):
        queries.found(someone)


# Where a controller's own key comes from.


def test_a_key_others_may_read_is_refused(plan, own_keys):
    (own_keys / "charity.key").chmod(0o640)
    ring.forget()
    assert checks.key_files_are_private()[0].msg == "others on this machine may read charity.key: chmod 600 it."
    assert again(plan).own_words == CANNOT_BE_OPENED
    with pytest.raises(KeyMissing, match="chmod 600"):
        box.seal("charity", b"x", about="x")


@pytest.mark.parametrize("name", ["../host", "", "a/b", "-rf", "a b", "é"])
def test_no_organisation_is_a_path_or_a_word_of_a_command(own_keys, name):
    with pytest.raises(KeyMissing):
        holders.KeyFiles().wrap(name, b"x", about="x")


@pytest.mark.parametrize("text", ["", "short\n", "é", base64.b64encode(b"x" * 31).decode(), "=" * 44])
def test_what_is_not_a_key_is_refused_in_a_sentence(own_keys, text):
    own_keys.mkdir()
    (own_keys / "charity.key").write_text(text)
    (own_keys / "charity.key").chmod(0o600)
    with pytest.raises(KeyMissing, match="charity"):
        holders.KeyFiles().unwrap("charity", b"x" * 60, about="x")


def test_a_key_may_come_from_a_key_stores_own_command(plan, own_keys, settings, tmp_path):
    script = tmp_path / "agent.py"
    script.write_text("import sys, pathlib; print(pathlib.Path(sys.argv[1], sys.argv[2] + '.key').read_text())")
    settings.KEYS_HOLDER = "clearlines.keys.holders.KeyCommand"
    settings.KEYS_COMMAND = shlex.join([sys.executable, str(script), str(own_keys)])
    ring.forget()
    assert again(plan).own_words == build.OWN_WORDS
    settings.KEYS_COMMAND = shlex.join([sys.executable, "-c", "print('secret'); raise SystemExit(1)"])
    ring.forget()
    assert again(plan).own_words == CANNOT_BE_OPENED
    with pytest.raises(KeyMissing) as refused:
        box.seal("charity", b"x", about="x")
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_real_programme_makes_no_key_by_itself(own_keys, settings, cast):
    settings.KEYS_MADE_AT_NEED = False
    with pytest.raises(KeyMissing):
        box.seal("charity", b"x", about="x")
    assert not own_keys.exists()


def test_making_a_key_never_overwrites_one(own_keys):
    holders.make("charity")
    before = (own_keys / "charity.key").read_text()
    holders.make("charity")
    assert (own_keys / "charity.key").read_text() == before
    assert sorted(path.name for path in own_keys.iterdir()) == ["charity.key"]
    assert (own_keys / "charity.key").stat().st_mode & 0o777 == 0o600


def test_production_says_what_is_wrong_with_where_keys_are_kept(own_keys, settings):
    (no_folder,) = checks.keys_are_kept_apart()
    assert "set KEYS_DIR" in no_folder.msg
    settings.KEYS_DIR = settings.VAR / "keys-in-the-wrong-place"
    settings.KEYS_DIR.mkdir(mode=0o755)
    try:
        said = " ".join(each.msg for each in checks.keys_are_kept_apart())
        assert "chmod 700" in said
        assert "one stolen copy has both" in said
        assert "There is no backup key" in said
    finally:
        settings.KEYS_DIR.rmdir()


def test_production_says_which_key_cannot_be_had(plan, own_keys):
    assert checks.every_key_can_be_had(databases=["default"]) == []
    (own_keys / "charity.key").unlink()
    (wrong,) = checks.every_key_can_be_had(databases=["default"])
    assert "charity" in wrong.msg
