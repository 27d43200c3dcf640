"""Counted in two halves, looked at by somebody else, sent, and put right by another."""

import pytest

from clearlines.access import actions as access
from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.viewer import Viewer
from clearlines.ledger.models import Entry
from clearlines.returns import actions, queries
from clearlines.returns.models import Contribution, Return
from clearlines.returns.tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(monkeypatch):
    return lambda **changed: build.counting(monkeypatch, **changed)


@pytest.fixture(autouse=True)
def invented_rooms(counting):
    counting()


def events():
    return list(Entry.objects.filter(event__startswith="returns.").order_by("pk").values_list("event", "kind"))


def test_beginning_twice_with_one_key_makes_one_return(cast):
    first = build.begun(cast)
    again = build.begun(cast, new_id=first.pk)
    assert (first, Return.objects.count()) == (again, 1)


def test_a_second_return_for_the_quarter_is_refused_whichever_half_begins_it(cast):
    build.begun(cast)
    about = {"from_on": build.FROM_ON, "to_on": build.TO_ON, "as_known": build.AS_KNOWN}
    with pytest.raises(Refused, match="already a return for this quarter, Q2022-06"):
        actions.begin(by=cast.viewer("lead", build.THEN), **about)


def test_another_force_cannot_begin_or_count_this_programmes_return(cast):
    stranger = cast.viewer("stranger", build.THEN)
    about = {"from_on": build.FROM_ON, "to_on": build.TO_ON, "as_known": build.AS_KNOWN}
    with pytest.raises(Refused, match="no part in this return"):
        actions.begin(by=stranger, **about)
    with pytest.raises(Refused, match="no part in this return"):
        actions.contribute(by=stranger, part_of=build.begun(cast))


def test_each_half_is_counted_with_its_own_organisations_eyes(cast, monkeypatch):
    seen = {}
    from clearlines.returns import figures

    for name in figures.COUNTERS:
        answer = build.FIGURES[name]
        monkeypatch.setitem(
            figures.COUNTERS,
            name,
            lambda viewer, window, name=name, answer=answer: seen.setdefault(name, viewer.kind) and answer,
        )
    build.counted(cast)
    assert {seen["lines_ever_known"], seen["reports_received"]} == {"police"}
    assert {seen["visits"], seen["people_seen"], seen["recovery_change"]} == {"charity"}


def test_what_was_counted_stays_with_its_owner_and_only_what_may_be_shown_crosses(cast, counting):
    counting(homes_visited=build.figure(3))
    build.counted(cast)
    half = Contribution.objects.get(half="charity")
    assert half.owner_id == "charity"
    assert half.counted["homes_visited"]["value"] == 3
    assert half.shown["homes_visited"]["value"] is None
    assert ("returns.told_totals", "disclosure") in events()


def test_a_return_is_not_finished_while_the_charity_has_not_counted(cast):
    part_of = build.begun(cast)
    by = cast.viewer("analyst", build.THEN)
    actions.contribute(by=by, part_of=part_of)
    with pytest.raises(Refused, match="The Open Door Recovery Community has not counted its half yet"):
        actions.prepare(by=by, part_of=part_of, seen=part_of.version)


def test_counting_a_half_again_before_it_is_finished_replaces_it(cast, counting):
    part_of = build.counted(cast)
    counting(lines_ever_known=build.figure(10))
    actions.contribute(by=cast.viewer("analyst", build.THEN), part_of=part_of)
    assert Contribution.objects.count() == 2
    assert Contribution.objects.get(half="police").shown["lines_ever_known"]["value"] == 10


def test_whoever_prepared_it_cannot_approve_it(cast):
    part_of = build.prepared(cast)
    with pytest.raises(Forbidden):
        actions.approve(by=cast.viewer("analyst", build.THEN), part_of=part_of, seen=part_of.version)
    with pytest.raises(Refused, match="you counted part of this return: somebody else must approve it"):
        actions.approve(by=cast.viewer("lead", build.THEN), part_of=part_of, seen=part_of.version)


def test_a_lead_who_finished_it_cannot_approve_it_though_leads_may_approve(cast):
    part_of = build.counted(cast)
    lead = cast.viewer("lead", build.THEN)
    part_of = actions.prepare(by=lead, part_of=part_of, seen=part_of.version)
    with pytest.raises(Refused, match="you prepared this return"):
        actions.approve(by=lead, part_of=part_of, seen=part_of.version)


def test_a_number_that_moved_since_it_was_prepared_is_named_and_refused(cast, counting):
    part_of = build.prepared(cast)
    counting(reports_triaged=build.figure(33, 38))
    with pytest.raises(Refused) as refused:
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)
    assert refused.value.reasons == ["'Reports triaged' was 82% and is now 87%: count it again before it is approved"]


def test_a_withheld_number_that_moved_is_refused_without_saying_what_it_is(cast, counting):
    counting(homes_visited=build.figure(3))
    part_of = build.prepared(cast)
    counting(homes_visited=build.figure(4))
    with pytest.raises(Refused) as refused:
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)
    assert refused.value.reasons == ["'Different homes visited' has changed: count it again before it is approved"]


def test_a_tampered_figure_is_refused(cast):
    part_of = build.prepared(cast)
    part_of.figures["lines_ever_known"]["value"] = 12
    part_of.save()
    with pytest.raises(Refused, match="its figures are not the ones that were prepared"):
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)


def test_a_small_number_put_among_the_figures_is_refused_at_approval(cast):
    part_of = build.prepared(cast)
    part_of.figures["homes_visited"]["value"] = 3
    part_of.save()
    with pytest.raises(Refused, match="'Different homes visited' would show a number of people under five"):
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)


def test_a_half_counted_by_somebody_who_has_left_must_be_counted_by_somebody_else(cast):
    part_of = build.prepared(cast)
    access.close_account(by=Viewer.setting_up(build.THEN), account=cast.account("lead"))
    with pytest.raises(Refused, match="not countable by whoever counted it"):
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)


def test_a_page_opened_before_somebody_else_acted_is_refused(cast):
    part_of = build.prepared(cast)
    with pytest.raises(Refused, match="somebody changed this after you opened the page"):
        actions.approve(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version - 1)


def test_sending_is_a_disclosure_to_the_commissioner(cast):
    part_of = build.sent(cast)
    assert (part_of.state, part_of.sent_by) == ("sent", cast.account("sergeant"))
    assert ("returns.told_commissioner", "disclosure") in events()


def test_every_number_counted_again_comes_out_the_same(cast):
    part_of = build.sent(cast)
    found = actions.rerun(by=cast.viewer("sergeant", build.LATER), part_of=part_of)
    assert len(found) == len(part_of.definitions.figures)
    assert all(each.same for each in found)


def test_counting_again_after_sending_says_which_number_drifted(cast, counting):
    part_of = build.sent(cast)
    counting(lines_peak_active=build.figure(5))
    found = actions.rerun(by=cast.viewer("lead", build.LATER), part_of=part_of)
    assert [(each.key, each.was, each.now) for each in found if not each.same] == [("lines_peak_active", "6", "5")]
    note = Entry.objects.filter(event="returns.counted_again").latest("pk").note
    assert note == "29 counted again, 1 moved: lines_peak_active"


def test_going_back_takes_the_approval_away(cast):
    part_of = build.approved(cast)
    by = cast.viewer("analyst", build.THEN)
    part_of = actions.reopen(by=by, part_of=part_of, seen=part_of.version, why="The charity found a visit.")
    assert (part_of.state, part_of.approved_by, part_of.digest) == ("preparing", None, "")


def test_after_a_withdrawal_the_quarter_can_be_begun_again(cast):
    part_of = build.begun(cast)
    by = cast.viewer("analyst", build.THEN)
    actions.withdraw(by=by, part_of=part_of, seen=part_of.version, why="Begun for the wrong quarter.")
    assert build.begun(cast).reference == "Q2022-06.2"


def test_a_correction_is_a_new_return_and_the_old_one_stays_as_published(cast, counting):
    old = build.sent(cast)
    counting(lines_ever_known=build.figure(10))
    new = actions.reissue(
        by=cast.viewer("analyst", build.LATER), part_of=old, as_known=build.LATER.date(), why="A tenth line was found."
    )
    assert (new.reference, new.replaces, new.as_known) == ("Q2022-06.2", old, build.LATER.date())
    old.refresh_from_db()
    assert old.state == "sent"
    build.count_both(cast, new, build.LATER)
    new = actions.prepare(by=cast.viewer("analyst", build.LATER), part_of=new, seen=new.version)
    sergeant = cast.viewer("sergeant", build.LATER)
    new = actions.approve(by=sergeant, part_of=new, seen=new.version)
    actions.send(by=sergeant, part_of=new, seen=new.version)
    published = dict(old.figures)
    old.refresh_from_db()
    assert (old.state, old.figures) == ("reissued", published)
    assert old.figures["lines_ever_known"]["value"] == 9
    assert Return.objects.get(pk=new.pk).figures["lines_ever_known"]["value"] == 10


def test_one_correction_at_a_time_and_none_of_what_was_never_sent(cast):
    old = build.sent(cast)
    by = cast.viewer("analyst", build.LATER)
    given = {"by": by, "as_known": build.LATER.date(), "why": "A slip."}
    actions.reissue(part_of=old, **given)
    with pytest.raises(Refused, match=r"a corrected one, Q2022-06\.2, has already been begun"):
        actions.reissue(part_of=old, **given)


def test_a_correction_as_known_on_a_day_to_come_is_refused(cast):
    old = build.sent(cast)
    with pytest.raises(Refused, match="a day to come"):
        actions.reissue(by=cast.viewer("analyst", build.THEN), part_of=old, as_known=build.LATER.date(), why="A slip.")


@pytest.mark.parametrize("username", ["commissioner", "worker", "officer", "evaluator", "administrator", "nobody"])
def test_only_those_whose_role_it_is_may_act(cast, username):
    part_of = build.prepared(cast)
    viewer = cast.viewer(username, build.THEN)
    for verb in (actions.approve, actions.send, actions.prepare):
        with pytest.raises(Forbidden):
            verb(by=viewer, part_of=part_of, seen=part_of.version)


def test_a_story_that_holds_a_name_the_charity_knows_is_refused(cast):
    from clearlines.people.tests import build as people

    people.person(cast.worker)
    with pytest.raises(Refused, match="'Robin' is the name of somebody you know of"):
        build.told(cast, build.begun(cast), words="And robin said it was the first night's sleep in a month.")


def test_a_story_taken_back_is_gone_even_from_what_was_sent(cast):
    part_of = build.counted(cast)
    story = build.told(cast, part_of)
    by = cast.viewer("analyst", build.THEN)
    part_of = actions.prepare(by=by, part_of=part_of, seen=part_of.version)
    sergeant = cast.viewer("sergeant", build.THEN)
    part_of = actions.approve(by=sergeant, part_of=part_of, seen=part_of.version)
    actions.send(by=sergeant, part_of=part_of, seen=part_of.version)
    reader = cast.viewer("commissioner", build.LATER)
    assert [each.words for each in queries.stories(reader, part_of)] == [build.STORY]
    actions.take_back_story(by=cast.viewer("lead", build.LATER), story=story)
    assert queries.stories(reader, part_of) == []
    with pytest.raises(Refused, match="already been taken back"):
        actions.take_back_story(by=cast.viewer("lead", build.LATER), story=story)


def test_the_police_tell_no_stories_and_a_double_click_tells_one(cast):
    part_of = build.begun(cast)
    with pytest.raises(Refused, match="only the charity tells"):
        actions.tell_story(by=cast.viewer("analyst", build.THEN), part_of=part_of, words="A story.",
                           agreed_on=build.AS_KNOWN, agreed_how="Said yes.")  # fmt: skip
    first = build.told(cast, part_of)
    assert build.told(cast, part_of, new_id=first.pk) == first
