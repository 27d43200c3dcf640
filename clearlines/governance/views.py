"""Who looked and what stands out, for an information manager; what to sign off, for a supervisor; one's own street."""

import uuid
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.access.permissions import Permission as P
from clearlines.governance import actions, forms, queries
from clearlines.governance.report import WhoLooked, noun_of
from clearlines.ledger import queries as ledger
from clearlines.web import downloads
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, searched, sees

AT_ONCE = 50
# Of a large ledger the page works out the newest links; `clearlines ledger verify` works out all.
NEWEST_LINKS = 2_000


@sees(P.READ_LEDGER)
def home(request: Asked) -> HttpResponse:
    form = forms.WhichRecord(request.GET if "name" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("governance-looked", form.noun or noun_of(form.key), form.key)
    entries, odd = queries.recent(request.viewer), queries.open_odd_looks(request.viewer).count()
    return page(request, "governance/home.html", about=["ledger"], form=form, entries=entries, odd=odd)


@sees(P.VERIFY_LEDGER)
def check(request: Asked) -> HttpResponse:
    verdict = ledger.verify(newest=NEWEST_LINKS)
    return page(request, "governance/check.html", about=NOTHING_PERSONAL, verdict=verdict)


@sees(P.READ_LEDGER)
def looked(request: Asked, noun: str, key: uuid.UUID) -> HttpResponse:
    form = forms.Since(request.GET if "days" in request.GET else None, initial={"days": "90"})
    found = WhoLooked(request.viewer, noun, key, _since(request, form))
    pages = Paginator(found.entries, AT_ONCE)
    pages.count = found.count  # counted already, account by account
    shown = pages.get_page(request.GET.get("page"))
    return page(
        request, "governance/looked.html", about=[f"{noun}:{key}"], found=found, form=form, shown=shown,
        looks=found.looks(shown.object_list), days=_days(form), reports=found.reports(),
    )  # fmt: skip


@sees(P.READ_LEDGER)
@require_POST
def report(request: Asked, noun: str, key: uuid.UUID) -> HttpResponse:
    form = forms.Since(request.POST)
    body = WhoLooked(request.viewer, noun, key, _since(request, form)).sheet()
    digest = actions.take_report(by=request.viewer, noun=noun, key=key, body=body)
    name = f"who-looked-{key}-{request.viewer.today}-{digest[:12]}-OFFICIAL-SENSITIVE.csv"
    return downloads.download(name, body, kind=downloads.CSV)


def _days(form: forms.Since) -> str:
    return (form.cleaned_data["days"] if form.is_bound and form.is_valid() else "") or "90"


def _since(request: Asked, form: forms.Since) -> datetime | None:
    days = _days(form)
    return None if days == "all" else request.viewer.now - timedelta(days=int(days))


@sees(P.READ_LEDGER)
def searches(request: Asked) -> HttpResponse:
    """Asked by POST, so that the name stands in no address, no history and no server's log."""
    form = forms.WhichWords(request.POST or None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    entries = queries.who_searched(request.viewer, words)[:AT_ONCE] if words else []
    about = ["governance.searches", *searched(request.viewer, words)]
    return page(request, "governance/searches.html", about=about, form=form, words=words, entries=entries)


@sees(P.READ_LEDGER)
def odd(request: Asked) -> HttpResponse:
    shown = Paginator(queries.odd_looks(request.viewer), AT_ONCE).get_page(request.GET.get("page"))
    return page(request, "governance/odd.html", about=["governance.odd", *shown.object_list], shown=shown)


@sees(P.READ_LEDGER)
def odd_look(request: Asked, key: uuid.UUID) -> HttpResponse:
    odd = queries.odd_look(request.viewer, key)
    form = forms.Settle(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = {name: form.cleaned_data[name] for name in ("outcome", "found")}
            actions.settle(by=request.viewer, odd=odd, **said)
            messages.success(request, "You have settled it.")
            return redirect("governance-odd")
    noun, _, record = odd.record.partition(":")
    return page(request, "governance/odd_look.html", about=[odd], odd=odd, form=form, noun=noun, record=record)


@sees(P.SIGN_OFF_LOOKS)
def sign_offs(request: Asked) -> HttpResponse:
    rows = list(queries.to_sign_off(request.viewer)[:AT_ONCE])
    return page(request, "governance/sign_offs.html", about=["governance.sign-offs", *rows], rows=rows)


@sees(P.SIGN_OFF_LOOKS)
def sign_off(request: Asked, key: uuid.UUID) -> HttpResponse:
    sampled = queries.sampled(request.viewer, key)
    people, more = queries.shown_in(request.viewer, sampled.entry)
    form = forms.SignOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = {name: form.cleaned_data[name] for name in ("answer", "reason")}
            actions.answer(by=request.viewer, sampled=sampled, **said)
            messages.success(request, "Your answer is kept.")
            return redirect("governance-sign-offs")
    about = [sampled, *people]
    return page(
        request, "governance/sign_off.html", about=about, sampled=sampled, people=people, more=more, form=form
    )  # fmt: skip


@sees(P.SAY_OWN_STREET)
def my_street(request: Asked) -> HttpResponse:
    street = queries.my_street(request.viewer)
    said = {name: getattr(street, name) for name in ("words", "town", "postcode")} if street else {}
    form = forms.Street(request.POST if request.POST.get("do") == "say" else None, initial=said)
    if request.POST.get("do") == "forget":
        actions.forget_street(by=request.viewer)
        messages.success(request, "Your street is no longer kept here.")
        return redirect("governance-my-street")
    if form.is_bound and form.is_valid():
        actions.say_street(by=request.viewer, **form.cleaned_data)
        messages.success(request, "Thank you. Only your information manager can read it.")
        return redirect("governance-my-street")
    return page(request, "governance/my_street.html", about=[street] if street else [], form=form, street=street)


@sees(P.READ_LEDGER)
def agreements(request: Asked) -> HttpResponse:
    found = queries.agreements(request.viewer)
    return page(request, "governance/agreements.html", about=NOTHING_PERSONAL, standings=found)
