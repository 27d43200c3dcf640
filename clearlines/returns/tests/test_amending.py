"""What was published stays; what was learned later stands beside it, once, and never about people."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from clearlines.access.models import RoleHeld
from clearlines.access.refusals import Refused
from clearlines.cli.console import Console
from clearlines.ledger.models import Entry
from clearlines.lines.history import Span
from clearlines.lines.states import Status
from clearlines.lines.tests import build as lines
from clearlines.people.tests import build as people
from clearlines.returns import actions, again, queries, timed
from clearlines.returns.figures.coming_back import came_back_within, old_enough
from clearlines.returns.models import Amendment, NeverChanged
from clearlines.returns.tests import build

pytestmark = pytest.mark.django_db
LATER = build.LATER
S = Status


@pytest.fixture
def sent(cast, monkeypatch):
    build.counting(monkeypatch)
    return build.sent(cast)


def note(cast, part_of, who="analyst", moment=LATER, **more):
    return actions.note_what_changed(by=cast.viewer(who, moment), part_of=part_of, **more)


def test_a_figure_published_before_keeps_its_value_and_gains_a_note(cast, sent, monkeypatch):
    before = sent.figures, sent.digest
    build.counting(monkeypatch, lines_active_at_end=build.figure(3, 9))
    (made,) = note(cast, sent)
    assert made.sentence == (
        "Published as known on 14 July 2022: 2 of 9 lines ever known by then. As known on 2 August 2022 it would be "
        "3 of 9 lines ever known by then."
    )
    sent.refresh_from_db()
    assert (sent.figures, sent.digest) == before
    assert made.owner_id == "police"
    assert Entry.objects.filter(event="returns.told_commissioner", kind="disclosure").count() == 2


def test_asked_again_it_says_nothing_twice_and_says_when_it_is_as_published_again(cast, sent, monkeypatch):
    assert note(cast, sent) == []
    build.counting(monkeypatch, reactivations=build.figure(2, rows_counted=9))
    assert len(note(cast, sent)) == 1
    assert note(cast, sent) == []
    build.counting(monkeypatch)
    (back,) = note(cast, sent)
    assert (back.was, back.now) == ("1", "1")


def test_more_rows_read_for_the_same_number_is_no_change(cast, sent, monkeypatch):
    build.counting(monkeypatch, reactivations=build.figure(1, rows_counted=12))
    assert note(cast, sent) == []


def test_whatever_counts_people_gains_no_note(cast, sent, monkeypatch):
    build.counting(monkeypatch, homes_visited=build.figure(2), possible_harm=build.FIGURES["visits"],
                   reports_triaged=build.figure(3, 38))  # fmt: skip
    assert note(cast, sent) == []


def test_a_step_chart_says_on_how_many_days_it_would_differ_and_a_share_keeps_its_interval(cast, sent, monkeypatch):
    moved = (("2022-04-01", 6), ("2022-05-10", 0), ("2022-05-23", 2), ("2022-07-01", 2))
    build.counting(monkeypatch, lines_steps=build.figure(rows_counted=9, steps=moved),
                   reactivation_rate=build.figure(4, 11))  # fmt: skip
    said = {each.figure: each.now for each in note(cast, sent)}
    assert said["lines_steps"] == "between 0 and 6, with another number on 2 of the 91 days"
    assert said["reactivation_rate"].startswith(
        "36% (4 of 11 closings whose 90 days ended in the quarter; 95% interval"
    )


def test_only_what_was_sent_and_stands_gains_one_and_no_name_stands_in_it(cast, monkeypatch):
    build.counting(monkeypatch)
    with pytest.raises(Refused, match="only what was sent and still stands"):
        note(cast, build.prepared(cast))


def test_no_name_of_a_person_or_a_line_stands_in_what_the_commissioner_reads(cast, sent):
    lines.line(cast.analyst)
    people.person(cast.analyst, given_name="Zebedee")
    with pytest.raises(Refused) as refused:
        note(cast, sent, why="zebedee told us that Bracken, L-0001, came back")
    assert [reason.split("'")[1] for reason in refused.value.reasons] == ["Zebedee", "Bracken", "L-0001"]


def test_a_note_is_followed_by_another_and_never_changed(cast, sent, monkeypatch):
    build.counting(monkeypatch, reactivations=build.figure(2, rows_counted=9))
    (made,) = note(cast, sent, why="A number was found to be selling")
    made.now = "5"
    with pytest.raises(NeverChanged):
        made.save()
    assert "A number was found to be selling" in made.sentence


def test_when_whoever_counted_no_longer_may_a_colleague_of_theirs_can_ask(cast, sent, monkeypatch):
    build.counting(monkeypatch, reactivations=build.figure(2, rows_counted=9))
    RoleHeld.objects.filter(account=cast.account("analyst")).update(until_on=date(2022, 7, 31))
    assert note(cast, sent, "lead") == []
    assert len(note(cast, sent, "second.analyst")) == 1


def test_the_clock_notes_it_once_and_writes_nothing_where_nothing_changed(cast, sent, monkeypatch):
    monkeypatch.setattr("clearlines.returns.timed.the_time", lambda: LATER)
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: LATER)
    monkeypatch.setattr(timed.Pause, "until", 0.0)
    machine, before = Console("").machine, Entry.objects.count()
    assert timed.tick(by=machine) == 0
    assert Entry.objects.count() == before
    build.counting(monkeypatch, closures_type_1=build.figure(2, rows_counted=9))
    assert timed.tick(by=machine) == 0, "it waits an hour"
    monkeypatch.setattr(timed.Pause, "until", 0.0)
    assert timed.tick(by=machine) == 1
    monkeypatch.setattr(timed.Pause, "until", 0.0)
    assert timed.tick(by=machine) == 0
    assert Amendment.objects.get().created_by is None


def test_the_note_stands_beside_its_figure_on_the_page_on_paper_and_in_the_file(cast, sent, as_, monkeypatch):
    build.counting(monkeypatch, lines_active_at_end=build.figure(3, 9))
    analyst = as_("analyst")
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: LATER)
    said = analyst.post(reverse("returns-note", args=[sent.pk]), {"why": ""}).content.decode()
    assert "1 note added" in said
    assert "Nothing to add" in analyst.post(reverse("returns-note", args=[sent.pk]), {"why": ""}).content.decode()
    reader = as_("commissioner")
    page = " ".join(reader.get(reverse("returns-return", args=[sent.pk])).content.decode().split())
    assert "1 figure would come out otherwise by what is known now" in page
    assert page.count("As known on 2 August 2022 it would be 3 of 9 lines ever known by then.") == 2
    assert "2 of the 9 lines ever known were active" in page
    file = reader.get(reverse("returns-figures", args=[sent.pk])).content.decode()
    (row,) = [each for each in file.splitlines() if ",lines_active_at_end," in each]
    assert ",2,9," in row and "it would be 3 of 9" in row
    assert reader.get(reverse("returns-note", args=[sent.pk])).status_code == 403
    assert as_("stranger").get(reverse("returns-note", args=[sent.pk])).status_code == 404
    assert queries.notes(cast.viewer("stranger"), sent) == {}


@pytest.mark.slow
def test_the_paper_says_it_too(cast, sent, monkeypatch):
    import io

    from pypdf import PdfReader

    from clearlines.returns import paper

    build.counting(monkeypatch, lines_active_at_end=build.figure(3, 9))
    note(cast, sent)
    notes = queries.notes(cast.commissioner, sent)
    pages = PdfReader(io.BytesIO(paper.pdf(sent, sent.figures, {}, notes))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "it would be 3 of 9 lines ever known by then" in said


def span(status, since, until=None):
    return Span(status, date(2022, *since), date(2022, *until) if until else None)


def test_a_line_closed_twice_over_is_closed_once_and_came_back_only_within_the_days():
    active, t2, t1, proposed = S.ACTIVE, S.CLOSED_T2, S.CLOSED_T1, S.CLOSED_T1_PROPOSED
    back = [span(active, (1, 1), (1, 9)), span(t2, (1, 10), (1, 19)), span(active, (1, 20), (2, 1)), span(t1, (2, 2))]
    upgraded = [span(t2, (1, 10), (1, 19)), span(proposed, (1, 20), (1, 29)), span(t1, (1, 30), (5, 1)),
                span(active, (5, 2))]  # fmt: skip
    moved = [span(t2, (1, 10), (1, 19)), span(S.TRANSFERRED, (1, 20))]
    only_proposed = [span(proposed, (1, 10), (1, 19)), span(active, (1, 20))]
    year = date(2022, 1, 1), date(2022, 12, 31)
    assert came_back_within([back], *year, 90) == (1, 2)
    assert came_back_within([back], *year, 9) == (0, 2)
    assert came_back_within([upgraded], *year, 90) == (0, 1)
    assert came_back_within([upgraded], *year, 120) == (1, 1)
    assert came_back_within([moved, only_proposed], *year, 90) == (0, 1)
    assert came_back_within([back], date(2022, 2, 1), date(2022, 3, 1), 90) == (0, 1)


def test_each_closing_is_counted_in_the_one_quarter_in_which_its_days_ended():
    first, last = old_enough(date(2022, 7, 1), date(2022, 9, 30), 90)
    assert (first, last) == (date(2022, 4, 2), date(2022, 7, 2))
    assert old_enough(date(2022, 10, 1), date(2022, 12, 31), 90)[0] == date(2022, 7, 3)


def test_changes_are_counted_with_the_eyes_of_whoever_counted(cast, sent):
    (police,) = [each for each in sent.halves.all() if each.half == "police"]
    eyes = again.eyes_that_counted(police, by=cast.viewer("sergeant", datetime(2022, 8, 1, tzinfo=UTC)))
    assert eyes.account == cast.account("analyst")
