"""The example programme's one history gives every headline, and each is counted from its rows."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.aftercare.models import Watch, WatchTold
from clearlines.disruptions import queries as disruptions
from clearlines.evaluation.models import Result, Run
from clearlines.groups import queries as groups
from clearlines.ledger import queries as ledger
from clearlines.lines import queries as lines
from clearlines.people.models import Person
from clearlines.referrals.models import Received, Source
from clearlines.returns import actions as returns
from clearlines.returns.models import Return
from clearlines.safeguarding import queries as safeguarding
from clearlines.visits import queries as visits
from programme.example.diary import BEGAN, ENDED, at
from programme.example.story import tell

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("example")]


class TheExample(TestCase):
    @classmethod
    def setUpTestData(cls):
        tell()

    def eyes(self, username):
        return Viewer.in_the_past(Account.objects.get(username=username), at(ENDED, 18))

    def test_nine_lines_were_ever_known_six_at_once_and_none_at_the_end(self):
        found = lines.summary(self.eyes("analyst"), BEGAN, ENDED)
        assert (found.ever_known, found.peak_active, found.active_at_end) == (9, 6, 0)
        assert len(found.zero_spells) >= 3
        assert found.reactivations == 2

    def test_what_was_known_in_june_is_not_what_is_known_now(self):
        day = date(2022, 6, 20)
        then = lines.status_on(self.eyes("analyst"), date(2022, 6, 15), day)
        now = lines.status_on(self.eyes("analyst"), date(2022, 6, 15))
        assert then != now

    def test_one_line_moved_along_the_coast(self):
        (link,) = [each for each in lines.links(self.eyes("analyst")) if each.kind == "displacement"]
        assert (link.from_line.brand, link.to_line.brand) == ("Heron", "Willow")

    def test_five_groups_ran_nine_lines_and_one_line_passed_to_another(self):
        eyes = self.eyes("analyst")
        assert groups.visible(eyes).count() == 5
        september, november = (groups.running(eyes, day) for day in (date(2022, 9, 1), date(2022, 11, 15)))
        tarn = [[row.group.name for row in rows if row.line.brand == "Tarn"] for rows in (september, november)]
        assert tarn == [["Ropewalk"], ["Finch Lane"]]
        assert len({row.line_id for row in groups.runs(eyes)}) == 9
        (review,) = groups.due(eyes, eyes.now)
        assert review.when < ENDED

    def test_everybody_in_a_group_is_an_adult_whom_no_line_only_used(self):
        rows = groups.people(self.eyes("analyst"))
        assert {row.person.age_on(row.from_on) for row in rows} <= {*range(22, 42)}

    def test_one_child_is_recognised_and_one_waits_too_long(self):
        eyes = self.eyes("sergeant")
        assert sorted(safeguarding.standing(eyes).values()) == [
            "cg_positive", "dtn_submitted", "first_responder_contacted",
        ]  # fmt: skip
        (due,) = safeguarding.due(eyes, eyes.now)
        assert "nothing was submitted within 5 working days" in due.words

    def test_what_was_done_is_counted_once_at_the_level_that_a_second_person_decided(self):
        found = disruptions.totals(self.eyes("analyst"), BEGAN, ENDED)
        assert (found.acts, found.waiting) == (19, 2)
        assert all(row.all for row in found.rows), "something under each of the four Ps"
        assert dict(found.leads)["Fellside Constabulary"] == 12
        took_part = {each.name: each.said for each in found.took_part}
        assert took_part["The Open Door Recovery Community"] == "7"
        assert took_part["Railway Police, North West"] == "1"
        (lowered,) = disruptions.visible(self.eyes("analyst")).filter(
            level="moderate", line__brand="Tarn", number__lt=5
        )
        assert lowered.level_proposed == "major"

    def test_thirty_letters_came_from_every_kind_of_source(self):
        received = Received.objects.all()
        assert received.count() == 30
        everywhere = set(Source.values) - {Source.COUNCIL, Source.OTHER}
        assert set(received.values_list("source", flat=True)) == everywhere

    def test_two_hundred_and_forty_attempts_of_which_a_hundred_and_fifty_were_achieved(self):
        counts = visits.counts(self.eyes("lead"), BEGAN, ENDED)
        assert (counts.attempts, counts.achieved) == (240, 150)

    def test_twelve_children_are_known_to_one_side_or_the_other(self):
        assert sum(person.is_child_on(date(2022, 12, 1)) for person in Person.objects.all()) == 12

    def test_every_entry_of_it_is_in_the_ledger_and_the_chain_is_whole(self):
        verdict = ledger.verify()
        assert verdict.intact
        assert verdict.waiting == 0
        assert verdict.entries > 1000

    def test_twenty_to_ten_is_not_called_half(self):
        run, claimed = Run.objects.get(claim=""), Run.objects.exclude(claim="").get()
        assert run.counts["treated"] == [20, 10]
        assert run.counts["control"] == [20, 20]
        assert "too few to tell" in run.result["sentences"][0].lower()
        assert claimed.result["said"]["headline"] == "Too few to tell"

    def test_what_was_promised_of_the_first_winter_was_worked_out_with_no_green_fifty(self):
        result = Result.objects.get()
        assert result.verdict in ("Too few to tell", "No evidence of a fall")
        assert len(result.main["comparisons"]["answers"]) >= 2
        assert not result.protocol.seen_already

    def test_three_quarters_were_sent_and_count_the_same_again(self):
        sent = Return.objects.filter(state="sent")
        assert sent.count() == 3
        for each in sent:
            assert all(check.same for check in returns.rerun(by=self.eyes("analyst"), part_of=each))

    def test_what_was_published_for_june_has_notes_and_the_same_figures(self):
        june = Return.objects.get(reference="Q2022-06")
        noted = {each.figure: (each.was, each.now) for each in june.amendments.all()}
        assert noted["lines_zero_days"] == ("13 of 91 days in the quarter", "11 of 91 days in the quarter")
        assert june.figures["lines_zero_days"]["value"] == 13
        assert not Return.objects.exclude(pk=june.pk).exclude(amendments=None).exists()

    def test_the_charity_was_told_after_most_closings_and_never_which_line(self):
        told = list(WatchTold.objects.all())
        assert len(told) == 9
        assert {each.owner_id for each in told} == {"charity"}
        assert Watch.objects.filter(state="not_told").count() == 1
        assert Watch.objects.filter(state="too_late").exists()
        assert not [each for each in told if "L-" in f"{each.number}{each.area}{each.from_name}"]

    def test_every_page_anybody_can_reach_opens_and_asks_few_questions(self):
        """From each member's front page, one link of each route is followed, then one of each from there."""
        slow = {}
        for member in ("sergeant", "analyst", "officer", "lead", "worker", "probation", "commissioner", "nobody"):
            for name, address, questions in walk(member):
                if questions > GATHERS.get(name, MOST_QUESTIONS):
                    slow[f"{member} {name} {address}"] = questions
        assert not slow


MOST_QUESTIONS = 12
# Pages that gather from many rooms: as many questions whatever there is, since no room may reach into another's tables.
GATHERS = {"force-morning": 32, "lines-line": 24}
BESIDE = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "ledger_", "access_account", "access_roleheld")
LINK = re.compile(r'href="(/[^"#]*)"')
NOT_FOLLOWED = ("/static/", "/sign-out/", "/sign-in/", "/sign-up/")


def walk(member):
    """(route, address, questions) for one page of each route that can be reached."""
    client = Client(headers={"host": "127.0.0.1"})
    if member != "nobody":
        account = Account.objects.get(username=member)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    waiting, walked = ["/"], set()
    while waiting:
        address = waiting.pop(0)
        route = resolve(address.partition("?")[0]).view_name
        if route in walked:
            continue
        walked.add(route)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code in (200, 302), f"{member} at {address}: {answer.status_code}"
        counted = [each for each in asked.captured_queries if not any(word in each["sql"] for word in BESIDE)]
        yield route, address, len(counted)
        if answer.get("Content-Type", "").startswith("text/html"):
            links = LINK.findall(answer.content.decode())
            waiting += [html.unescape(link) for link in links if not link.startswith(NOT_FOLLOWED)]
