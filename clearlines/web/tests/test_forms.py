"""Forms keep what was typed, and say what to do."""

from datetime import date

from clearlines.access.refusals import Refused
from clearlines.web import forms


class Asked(forms.Form):
    born = forms.day("Date of birth")
    at = forms.clock("Time", required=False)
    name = forms.line("NHS name", longest=5)
    what = forms.text("What did you see?", required=False)


def filled(**typed):
    return Asked({"born_day": "3", "born_month": "5", "born_year": "2007", "name": "Ann", **typed})


def test_a_day_in_three_boxes_is_a_date():
    form = filled(at="14.02")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2007, 5, 3)
    assert form.cleaned_data["at"].isoformat() == "14:02:00"


def test_a_day_that_never_was_is_refused_and_stays_in_its_boxes():
    form = filled(born_day="31", born_month="2")
    assert form.errors["born"] == ["Enter a real date, such as 27 3 2023."]
    assert 'value="31"' in str(form["born"])
    assert 'value="2007"' in str(form["born"])


def test_a_year_of_two_figures_is_refused_rather_than_guessed():
    assert "born" in filled(born_year="07").errors


def test_words_in_a_date_stay_as_they_were_typed():
    assert 'value="<b>"'.replace("<", "&lt;").replace(">", "&gt;") in str(filled(born_month="<b>")["born"])


def test_a_missing_answer_says_what_to_do():
    errors = Asked({}).errors
    assert errors["born"] == ["Enter date of birth"]
    assert errors["name"] == ["Enter NHS name"]


def test_too_many_letters_are_counted_and_nothing_is_cut_off():
    form = filled(name="Annabelle")
    assert form.errors["name"] == ["Shorten “NHS name” to 5 characters or fewer. It has 9 now."]
    assert "Annabelle" in str(form["name"])
    assert "maxlength" not in str(form["name"])


def test_emoji_and_right_to_left_words_and_script_tags_are_only_words():
    form = filled(what="🚗 سيارة <script>alert(1)</script>", name="José")
    assert form.is_valid(), form.errors
    assert "<script>" not in str(form["what"])
    assert 'dir="auto"' in str(form["what"])


def test_what_an_action_refuses_stands_at_the_top_and_the_words_stay():
    form = filled(what="kept")
    assert form.is_valid()
    with form.refusals():
        raise Refused(["it is closed already"])
    drawn = str(form)
    assert "<li>It is closed already.</li>" in drawn
    assert "kept" in drawn


def test_an_error_in_the_summary_leads_to_the_box_and_the_box_names_its_error():
    drawn = str(filled(name="", born_day=""))
    assert 'href="#id_name"' in drawn
    assert 'href="#id_born_day"' in drawn
    assert 'aria-describedby="id_name_error"' in drawn


def test_filters_never_say_optional():
    class Narrowed(forms.Filters):
        name = forms.line("Name", required=False)

    assert "optional" not in str(Narrowed())
    assert "What did you see? (optional)" in str(Asked())
