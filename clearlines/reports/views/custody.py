"""The source register, for the custodian; and for whoever may read a report: who gave it, and its photographs."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.reports import actions, forms, queries
from clearlines.reports.custody import custody
from clearlines.web import downloads, photographs
from clearlines.web.pages import Asked, look, page, sees


@sees(P.SEE_SOURCES)
def sources(request: Asked) -> HttpResponse:
    kept = queries.kept(request.viewer)
    about: list[Any] = ["reports.sources", *(each.source for each in kept)]
    return page(request, "reports/custody/sources.html", about=about, kept=kept, custody=custody())


@sees(P.SEE_SOURCES)
def source(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = queries.source(request.viewer, key)
    contacts = queries.contacts(request.viewer, kept.source)
    return page(
        request, "reports/custody/source.html", about=[kept.source], kept=kept, source=kept.source, contacts=contacts,
        custody=custody(),
    )  # fmt: skip


@sees(P.SEE_SOURCES)
def contact(request: Asked, key: uuid.UUID) -> HttpResponse:
    source, form = queries.source(request.viewer, key).source, forms.NoteContact(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.note_contact(by=request.viewer, source=source, **form.cleaned_data)
            return redirect("reports-source", key)
    return page(request, "reports/custody/contact.html", about=[source], source=source, form=form)


@sees(P.SEE_SOURCES)
def forget(request: Asked, key: uuid.UUID) -> HttpResponse:
    source, form = queries.source(request.viewer, key).source, forms.ForgetName(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.forget(by=request.viewer, source=source, because=form.cleaned_data["because"])
            return redirect("reports-sources")
    return page(request, "reports/custody/forget.html", about=[source], source=source, form=form)


@sees(P.SEE_REPORTS)
def ask_who(request: Asked, key: uuid.UUID) -> HttpResponse:
    report = queries.report(request.viewer, key)
    form = forms.AskWho(request.POST or None, accounts=queries.may_be_shown_it(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = {"what_for": form.cleaned_data["what_for"], "risk": form.cleaned_data["risk"]}
            actions.ask_who(by=request.viewer, report=report, to=form.to, **said)
            return redirect("reports-asked")
    return page(request, "reports/custody/ask.html", about=[report], report=report, form=form)


@sees(P.SEE_REPORTS)
def asked(request: Asked) -> HttpResponse:
    rows = list(queries.asked(request.viewer)[:100])
    said = [(each, each.said_at(request.viewer.now), each.is_open_at(request.viewer.now)) for each in rows]
    return page(request, "reports/custody/asked.html", about=["reports.asked", *rows], said=said)


@sees(P.SEE_REPORTS)
def released(request: Asked, key: uuid.UUID) -> HttpResponse:
    """The page that warns, and, once, the page that shows."""
    release = queries.release_asked(request.viewer, key)
    who = actions.show_once(by=request.viewer, release=release) if request.method == "POST" else None
    is_mine = release.to == request.viewer.account and release.is_open_at(request.viewer.now)
    return page(
        request, "reports/custody/released.html", about=[release], release=release, who=who, is_mine=is_mine,
        said=release.said_at(request.viewer.now),
    )  # fmt: skip


@sees(P.AGREE_RELEASES)
def to_decide(request: Asked) -> HttpResponse:
    rows = list(queries.to_decide(request.viewer))
    return page(request, "reports/custody/to_decide.html", about=["reports.to_decide", *rows], rows=rows)


@sees(P.AGREE_RELEASES)
def decide(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Propose it, or agree to what somebody else proposed, or refuse: one page, two forms."""
    release = queries.release_to_decide(request.viewer, key)
    pressed = request.POST.get("answer")
    proposing = forms.Propose(request.POST if pressed == "propose" else None, auto_id="yes_%s")
    refusing = forms.Refuse(request.POST if pressed == "refuse" else None, auto_id="no_%s")
    if pressed == "agree":
        actions.agree(by=request.viewer, release=release)
        return redirect("reports-to-decide")
    for form, verb in ((proposing, actions.propose), (refusing, actions.refuse)):
        if form.is_bound and form.is_valid():
            with form.refusals():
                verb(by=request.viewer, release=release, **form.cleaned_data)
                return redirect("reports-to-decide")
    return page(
        request, "reports/custody/decide.html", about=[release], release=release, proposing=proposing,
        refusing=refusing, hours=custody().release_hours,
    )  # fmt: skip


@sees(P.SEE_REPORTS)
def picture(request: Asked, report: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    return downloads.picture(_photograph(request, report, key, at="reports-picture"), kind=photographs.KIND)


@sees(P.SEE_REPORTS)
def picture_file(request: Asked, report: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    body = _photograph(request, report, key, at="reports-picture-file")
    return downloads.download("photograph-OFFICIAL-SENSITIVE.jpg", body, kind=photographs.KIND)


def _photograph(request: Asked, key_of_report: uuid.UUID, key: uuid.UUID, *, at: str) -> bytes:
    report = queries.report(request.viewer, key_of_report)
    found, body = queries.photograph(request.viewer, report, key)
    look(request.viewer, [found, report], at=at)
    return body
