"""The caseload, one case, its plan and measures; and a person's own plan, for themselves."""

import uuid
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.access.permissions import Permission as P
from clearlines.care import actions, forms, queries
from clearlines.care.models import Case, OutcomeMeasure
from clearlines.care.states import PlanState
from clearlines.care.story import story
from clearlines.people import queries as people
from clearlines.web.pages import Asked, page, sees


@sees(P.SEE_CARE)
def cases(request: Asked) -> HttpResponse:
    form = forms.Find(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.caseload_of(
        request.viewer, whose=chosen.get("whose") or "mine", state=chosen.get("state") or "open"
    )
    return page(
        request,
        "care/list.html",
        about=["care.caseload", *found.shown],
        form=form,
        found=found,
        everybody=chosen.get("whose") == "all",
    )


@sees(P.SEE_CARE)
def without_plan(request: Asked) -> HttpResponse:
    rows = queries.without_current_plan(request.viewer, request.viewer.today)
    everybody = queries.caseload(request.viewer).count()
    about = ["care.without_plan", *(row for each in rows for row in (each.case, each.case.person))]
    return page(request, "care/without_plan.html", about=about, rows=rows, everybody=everybody)


@sees(P.KEEP_CARE)
def new(request: Asked, person: uuid.UUID) -> HttpResponse:
    row = people.person(request.viewer, person)
    form = forms.Open(request.POST or None, workers=queries.workers(request.viewer), initial=_myself(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            number = queries.letter_number_of(request.viewer, row)
            case = actions.open_case(by=request.viewer, person=row, letter_number=number, **form.said())
            return redirect("care-case", case.pk)
    return page(request, "care/new.html", about=[row], form=form, person=row)


def _myself(request: Asked) -> dict[str, Any]:
    return {"worker": str(request.viewer.account.pk) if request.viewer.account else ""}


@sees(P.SEE_CARE)
def case(request: Asked, key: uuid.UUID) -> HttpResponse:
    told = story(request.viewer, queries.case(request.viewer, key))
    return page(request, "care/case.html", about=told.shown, story=told, case=told.case)


@sees(P.KEEP_CARE)
def support(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    form = forms.Support(request.POST or None, initial={"seen": row.version, "consent": row.consent_to_support})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.record_consent(by=request.viewer, case=row, **form.cleaned_data)
            return redirect("care-case", key)
    return _form_page(request, row, form, "Do they want support?", "Save")


@sees(P.KEEP_CARE)
def plan(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    draft = queries.draft_of(request.viewer, row)
    form = forms.PlanWords(request.POST or None, initial=_begun(draft, request.viewer.today))
    goals = forms.several_goals(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), *(each.is_valid() for each in goals)]):
        with form.refusals():
            _save_plan(request, row, form.cleaned_data, [each.goal() for each in goals if not each.is_empty])
            return redirect("care-case", key)
    about = [each for each in (row, row.person, draft) if each]
    return page(request, "care/plan.html", about=about, case=row, form=form, goals=goals, draft=draft)


def _begun(draft: Any, today: date) -> dict[str, Any]:
    if draft is None:
        return {"agreed_on": today}
    kept = ("own_words", "keep_safe", "if_it_slips")
    return {"new_id": draft.pk, "agreed_on": today} | {name: getattr(draft, name) for name in kept}


def _save_plan(request: Asked, row: Case, said: dict[str, Any], goals: list[Any]) -> None:
    if request.POST.get("do") == "draft":
        kept = {name: said[name] for name in ("own_words", "keep_safe", "if_it_slips", "new_id")}
        actions.draft(by=request.viewer, case=row, goals=goals, **kept)
    else:
        actions.agree(by=request.viewer, case=row, goals=goals, **said)


@sees(P.KEEP_CARE)
def goal_new(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.plan(request.viewer, key)
    form = forms.GoalWords(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.add_goal(by=request.viewer, plan=row, goal=form.goal())
            return redirect("care-case", row.case_id)
    return _form_page(request, row.case, form, "Something else they want", "Add it to the plan")


@sees(P.KEEP_CARE)
def goal(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.goal(request.viewer, key)
    form = forms.Mark(request.POST or None, initial={"seen": row.version, "how_it_went": row.how_it_went})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.mark_goal(by=request.viewer, goal=row, **form.cleaned_data)
            return redirect("care-case", row.plan.case_id)
    return _form_page(request, row.plan.case, form, row.words, "Save")


@sees(P.KEEP_CARE)
def review(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.plan(request.viewer, key)
    form = forms.Look(request.POST or None, initial={"seen": row.version, "held_on": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.review(by=request.viewer, plan=row, **form.said())
            return redirect("care-case", row.case_id)
    return page(request, "care/review.html", about=[row, row.case, row.case.person], case=row.case, plan=row, form=form)


@sees(P.KEEP_CARE)
def measure(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    before = queries.measures(request.viewer, row.person).filter(case=row).exists()
    stage = OutcomeMeasure.Stage.REVIEW if before else OutcomeMeasure.Stage.START
    form = forms.Measure(request.POST or None, initial={"taken_on": request.viewer.today, "stage": stage})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.measure(by=request.viewer, case=row, **form.said())
            return redirect("care-case", key)
    return page(request, "care/measure.html", about=[row, row.person], case=row, form=form)


@sees(P.KEEP_CARE)
def measure_correct(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.measure(request.viewer, key)
    form = forms.CorrectMeasure(request.POST or None, initial=forms.answered(row))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.correct_measure(by=request.viewer, measure=row, **form.said())
            return redirect("care-case", row.case_id)
    about = [row, row.case, row.case.person]
    return page(request, "care/measure.html", about=about, case=row.case, form=form, measure=row)


@sees(P.KEEP_CARE)
def close(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    form = forms.Close(request.POST or None, initial={"seen": row.version, "closed_on": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.close(by=request.viewer, case=row, **form.cleaned_data)
            return redirect("care-case", key)
    return _form_page(request, row, form, "Close this case", "Close the case")


@sees(P.KEEP_CARE)
def reopen(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    form = forms.Reopen(request.POST or None, initial={"seen": row.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.reopen(by=request.viewer, case=row, **form.cleaned_data)
            return redirect("care-case", key)
    return _form_page(request, row, form, "Open this case again", "Open it again")


@sees(P.KEEP_CARE)
def own_plan(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.case(request.viewer, key)
    form = forms.GiveOwnPlan(request.POST or None, accounts=queries.accounts_of_the_supported(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.give_own_plan(by=request.viewer, case=row, **form.said())
            return redirect("care-case", key)
    return _form_page(request, row, form, "Let them read their own plan", "Let them read it")


@sees(P.KEEP_CARE)
@require_POST
def own_plan_end(request: Asked, key: uuid.UUID) -> HttpResponse:
    ended = actions.end_own_plan(by=request.viewer, access=queries.way_in(request.viewer, key))
    return redirect("people-person", ended.person_id)


@sees(P.SEE_OWN_PLAN)
def mine(request: Asked) -> HttpResponse:
    """Their plan in their words. It names no worker's note, no measure, and nobody else."""
    plan = queries.own_plan(request.viewer)
    about: list[Any] = ["care.mine", plan] if plan else ["care.mine"]
    goals = list(plan.goals.all()) if plan and plan.state != PlanState.DRAFT else []
    return page(request, "care/mine.html", about=about, plan=plan, goals=goals)


def _form_page(request: Asked, row: Case, form: object, title: str, button: str) -> HttpResponse:
    about = [row, row.person]
    return page(request, "care/form.html", about=about, case=row, form=form, title=title, button=button)
