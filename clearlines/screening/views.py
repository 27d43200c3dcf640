"""Begin, ask, set a band, say why, do again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.people import queries as people
from clearlines.referrals import queries as referrals
from clearlines.screening import actions, forms, queries, rules
from clearlines.screening.protocol import protocol
from clearlines.screening.states import State
from clearlines.web.pages import Asked, page, sees

PER_PAGE = 25


@sees(P.SEE_SCREENINGS)
def listed(request: Asked) -> HttpResponse:
    rows = Paginator(queries.current(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.not_screened(request.viewer)
    about = [each for row in rows.object_list for each in (row, row.person)]
    about += [letter.person for letter in waiting if letter.person]
    return page(request, "screening/list.html", about=about, rows=rows, waiting=waiting, today=request.viewer.today)


@sees(P.SCREEN)
def begin(request: Asked, key: UUID) -> HttpResponse:
    """For one person of the charity's own. One that somebody left unfinished is carried on with, not begun twice."""
    person, today, statement = people.person(request.viewer, key), request.viewer.today, protocol().statement
    tools, first = queries.tools_in_use(today), queries.tool_for(person, today)
    form = forms.Begin(request.POST or None, tools=tools, initial={"tool": first})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            screening = actions.begin(
                by=request.viewer, person=person, footing=form.footing(statement.version), tool=said["tool"],
                letter=referrals.for_person(request.viewer, person).first(), new_id=said["new_id"],
            )  # fmt: skip
            return redirect("screening-questions", screening.pk)
    unfinished = queries.unfinished(request.viewer, person)
    return page(
        request, "screening/begin.html", about=[person], person=person, form=form, statement=statement,
        unfinished=unfinished, tools=tools,
    )  # fmt: skip


@sees(P.SCREEN)
def questions(request: Asked, key: UUID) -> HttpResponse:
    screening = queries.screening(request.viewer, key)
    if screening.state != State.BEGUN:
        return redirect("screening-result", screening.pk)
    answers = queries.answers_of(screening)
    form = forms.Questions(
        request.POST or None, tool=screening.instrument, answers=answers, initial={"seen": screening.version}
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.answer(by=request.viewer, screening=screening, answers=form.answers, seen=form.cleaned_data["seen"])
            return _saved(request, screening.pk)
    about = [screening, screening.person]
    return page(request, "screening/questions.html", about=about, screening=screening, form=form)


@sees(P.SEE_SCREENINGS)
def result(request: Asked, key: UUID) -> HttpResponse:
    """The suggestion with its reasons, and the band a person sets; afterwards, what was set and by whom."""
    screening = queries.screening(request.viewer, key)
    form = forms.SetBand(request.POST or None, initial={"seen": screening.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.complete(by=request.viewer, screening=screening, **form.cleaned_data)
            messages.success(request, "The band is set.")
            return redirect("screening-result", screening.pk)
    today = request.viewer.today
    child = referrals.child_words() if queries.has_a_child_at_risk(screening, today=today) else None
    return page(
        request, "screening/result.html", about=[screening, screening.person], screening=screening, form=form,
        reading=queries.reading(screening, today=today), why_not=queries.reasons_not_to_set(screening, today=today),
        child=child,
        why_not_redo=list(rules.reasons_not_to_redo(state=screening.state, why="given", unfinished=False)),
    )  # fmt: skip


@sees(P.SEE_SCREENINGS)
def why(request: Asked, key: UUID) -> HttpResponse:
    """For printing: every rule that spoke, what it read, what was not known, and who decided what, when."""
    screening = queries.screening(request.viewer, key)
    return page(
        request, "screening/why.html", about=[screening, screening.person], screening=screening,
        reading=queries.reading(screening, today=request.viewer.today), statement=protocol().statement,
        answers=queries.answers_in_words(screening), replaced=queries.replaced_by(request.viewer, screening),
    )  # fmt: skip


@sees(P.SCREEN)
def redo(request: Asked, key: UUID) -> HttpResponse:
    screening = queries.screening(request.viewer, key)
    form = forms.Redo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            again = actions.redo(by=request.viewer, screening=screening, **form.cleaned_data)
            return redirect("screening-questions", again.pk)
    return page(request, "screening/redo.html", about=[screening, screening.person], screening=screening, form=form)


def _saved(request: Asked, key: UUID) -> HttpResponse:
    if request.POST.get("step") == "save":
        messages.success(request, "Saved. Come back when you can: nothing has been decided.")
        return redirect("screening-list")
    return redirect("screening-result", key)
