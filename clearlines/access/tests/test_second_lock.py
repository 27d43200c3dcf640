"""What PostgreSQL itself answers to somebody who connects as the application and asks without our queries."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from clearlines.access.markings import Marking
from clearlines.access.second_lock import held, proof, whole_house
from clearlines.access.second_lock.policies import ADD_ONLY, fit, locked_models, locks
from clearlines.access.tests.build import keep_away
from clearlines.access.viewer import Viewer
from clearlines.care.models import Case, Goal, Plan
from clearlines.care.tests import build as care
from clearlines.ledger.models import Entry
from clearlines.people.models import Person
from clearlines.people.tests import build as someone
from clearlines.referrals.tests import build as letters
from tests.cast import NOON

only_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="SQLite has no row-level security",
)


def test_every_owned_model_has_a_lock_and_every_path_it_is_about_is_in_it():
    written = {lock.table: " ".join(lock.statements) for lock in locks()}
    assert len(written) == len(locked_models()) > 30
    for model in locked_models():
        for path in model.declared.about:
            assert "kept_away" in written[model._meta.db_table], (model, path)


def test_a_changed_declaration_changes_the_lock():
    one, other = locks()[0], locks()[1]
    assert one.fingerprint != other.fingerprint


@only_postgres
class TestAsTheApplication:
    @pytest.fixture(autouse=True)
    def application(self, cast, as_the_application):
        self.cast, self.as_application = cast, as_the_application

    def test_a_connection_that_says_nothing_reads_nothing(self):
        someone.person(self.cast.worker)
        with self.as_application():
            assert Person.objects.count() == 0

    def test_each_organisation_reads_its_own_rows_and_no_other(self):
        theirs, ours = someone.person(self.cast.sergeant), someone.person(self.cast.worker)
        with self.as_application():
            with held(self.cast.worker):
                assert list(Person.objects.all()) == [ours]
            with held(self.cast.sergeant):
                assert list(Person.objects.all()) == [theirs]
            with held(self.cast.stranger):
                assert not Person.objects.exists()
            with held(Viewer.public()):
                assert not Person.objects.exists()

    def test_a_marking_no_role_of_theirs_reads_is_not_there(self):
        person = someone.person(self.cast.sergeant)
        Person.objects.filter(pk=person.pk).update(marking=Marking.CUSTODIAN)
        with self.as_application():
            with held(self.cast.sergeant):
                assert not Person.objects.exists()
            with held(self.cast.custodian):
                assert Person.objects.exists()

    def test_somebody_kept_away_finds_no_row_about_the_person_near_or_far(self):
        case = care.case(self.cast.worker)
        plan = care.plan(self.cast.worker, case)
        keep_away(self.cast, "worker", case.person)
        with self.as_application(), held(self.cast.worker):
            assert not Person.objects.filter(pk=case.person_id).exists()
            assert not Case.objects.exists()
            assert not Plan.objects.exists()
            assert not Goal.objects.exists()
        with self.as_application(), held(self.cast.lead):
            assert Plan.objects.get() == plan

    def test_a_row_cannot_be_given_to_another_organisation_nor_made_in_its_name(self):
        person = someone.person(self.cast.worker)
        given = f"UPDATE people_person SET owner_id = 'police' WHERE id = '{person.pk}'"
        with self.as_application(), held(self.cast.worker), pytest.raises(ProgrammingError, match="row-level security"):
            _ask(given)
        person.pk, person.owner_id = uuid4(), "police"
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with self.as_application(), held(self.cast.worker), refused, transaction.atomic():
            person.save(force_insert=True)

    def test_another_organisations_row_cannot_be_changed_or_removed_by_its_key(self):
        person = someone.person(self.cast.sergeant)
        with self.as_application(), held(self.cast.worker):
            assert Person.objects.filter(pk=person.pk).update(given_name="X") == 0
            assert Person.objects.filter(pk=person.pk).delete()[0] == 0
        assert Person.objects.filter(pk=person.pk, given_name=person.given_name).exists()

    def test_a_letter_is_posted_to_another_organisation_and_then_out_of_the_senders_reach(self):
        with self.as_application():
            letters.sent(self.cast.food_club)
            with held(self.cast.food_club):
                assert _ask("SELECT count(*) FROM referrals_received") == 0
                assert _ask("SELECT count(*) FROM referrals_sent") == 1
            with held(self.cast.worker):
                assert _ask("SELECT count(*) FROM referrals_received") == 1

    def test_the_ledger_can_be_added_to_and_not_changed(self):
        someone.person(self.cast.worker)
        with self.as_application():
            assert Entry.objects.exists()
            for table in ADD_ONLY:
                for verb in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                    with pytest.raises(ProgrammingError, match="permission denied"):
                        _ask(verb)

    def test_the_lock_is_let_go_when_the_asking_ends(self):
        someone.person(self.cast.worker)
        with self.as_application():
            with held(self.cast.worker), whole_house("the clock"):
                assert Person.objects.count() == 1
            assert Person.objects.count() == 0

    def test_a_disclosure_and_what_else_is_told_stops_being_there_on_its_day(self):
        # The same clock in the database as in the viewer: the example programme stands in the past.
        with held(self.cast.viewer("worker", NOON + timedelta(days=1))):
            assert (
                _ask("SELECT current_setting('clearlines.moment')::timestamptz::date")
                == (NOON + timedelta(days=1)).date()
            )

    def test_the_check_says_nothing_when_it_holds_and_names_the_table_when_it_does_not(self):
        with self.as_application():
            assert list(proof.reasons_it_is_off()) == []
        _ask('ALTER TABLE "people_person" DISABLE ROW LEVEL SECURITY', answer=False)
        with self.as_application():
            assert [each for each in proof.reasons_it_is_off() if "people_person" in each]

    def test_the_owner_of_the_tables_is_told_not_to_run_the_application(self):
        assert any("may pass row-level security" in each for each in proof.reasons_it_is_off())


@only_postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_somebody_who_connects_with_the_applications_own_password_reads_only_what_they_say_they_may(cast):
    ours, password = someone.person(cast.worker), "only-for-this-test"
    fit("clearlines_connects")
    _ask(f"ALTER ROLE clearlines_connects LOGIN PASSWORD '{password}'", answer=False)
    said = connection.get_connection_params()
    address = {name: said[name] for name in ("host", "port", "dbname")}
    try:
        with psycopg.connect(**address, user="clearlines_connects", password=password) as asking:
            assert asking.execute("SELECT count(*) FROM people_person").fetchone() == (0,)
            asking.execute("SELECT set_config('clearlines.organisation', 'charity', false)")
            asking.execute("SELECT set_config('clearlines.markings', '{official,official_sensitive}', false)")
            assert asking.execute("SELECT id FROM people_person").fetchall() == [(ours.pk,)]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                asking.execute("DELETE FROM ledger_entry")
    finally:
        _ask("DROP OWNED BY clearlines_connects; DROP ROLE clearlines_connects", answer=False)


def _ask(words: str, *, answer: bool = True):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()[0] if answer and cursor.description else None
