"""What each component says, and that it never runs what somebody typed."""

from datetime import UTC, date, datetime, time

from django.template import engines

from clearlines.lines.models import Line


def drawn(source, **shown):
    return engines["django"].from_string("{% load clearlines %}" + source).render(shown)


def test_a_status_is_a_shape_and_a_word():
    said = drawn('{% status "Active" "alarm" %}')
    assert "app-tag--alarm" in said
    assert "<svg" in said
    assert said.rstrip().endswith("Active</span>")


def test_a_kind_nobody_drew_is_plain():
    assert "app-tag--plain" in drawn('{% status "Odd" "purple" %}')


def test_numbers_carry_their_base_and_days_are_written_out():
    assert "9 of 14" in drawn("{{ 9|of:14 }}")
    assert drawn("{{ 70099|thousands }}") == "70,099"
    assert drawn("{{ day|written }}", day=date(2023, 5, 3)) == "3 May 2023"
    assert drawn("{{ at|moment }}", at=datetime(2023, 5, 3, 13, 2, tzinfo=UTC)) == "3 May 2023, 14:02"
    assert drawn("{{ at|clock }}", at=time(9, 5)) == "09:05"
    assert drawn("{{ at|moment }}", at=None) == "not known"


def test_a_button_that_cannot_be_pressed_says_every_reason():
    said = drawn('{% action_button "Close this line" reasons %}', reasons=iter(["it is active", "nobody has checked"]))
    assert "disabled" in said
    assert "You cannot close this line now:" in said
    assert "<li>It is active.</li><li>Nobody has checked.</li>" in said


def test_a_button_with_nothing_against_it_can_be_pressed():
    assert 'type="submit"' in drawn('{% action_button "Close" reasons %}', reasons=[])
    assert 'href="/lines/"' in drawn('{% action_button "Open" href="/lines/" %}')


def test_the_head_of_a_record_shows_only_what_it_is_given():
    assert "Why can I see this?" not in drawn('{% record_head "Snowy" %}')
    line, asked = Line(brand="Snowy"), 'record_head "Snowy" marking="OFFICIAL" safe_contact="Text first" record=line'
    said = drawn("{% " + asked + " %}", line=line)
    shown = ("OFFICIAL", "Safe contact:", "Text first", f'href="/why/lines.Line/{line.pk}/"')
    assert all(each in said for each in shown)


def test_nothing_typed_is_ever_run():
    evil = "<script>x</script>"
    for source in (
        "{% record_head evil reference=evil safe_contact=evil %}",
        "{% status evil %}",
        "{% summary_row evil evil typed=True %}",
        "{% empty_state evil evil %}",
        "{% action_button evil reasons %}",
        "{% timeline history %}",
        "{{ evil|of:evil }}",
    ):
        said = drawn(source, evil=evil, reasons=[evil], history=[{"when": None, "what": evil, "said": evil}])
        assert "<script>" not in said, source


def test_a_row_with_nothing_recorded_says_so_and_a_nought_is_a_nought():
    assert "Not recorded" in drawn('{% summary_row "Home" "" %}')
    assert ">0</dd>" in drawn('{% summary_row "Visits" 0 %}')
