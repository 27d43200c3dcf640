"""The information manager's pages: who looked, whether the ledger is whole, what has been agreed."""

import uuid

from django.http import HttpResponse

from clearlines.access.permissions import Permission as P
from clearlines.governance import forms, queries
from clearlines.ledger import queries as ledger
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees


@sees(P.READ_LEDGER)
def home(request: Asked) -> HttpResponse:
    form = forms.WhichRecord(request.GET or None)
    entries = queries.recent(request.viewer)
    if form.is_bound and form.is_valid():
        entries = queries.who_looked(request.viewer, *form.record)
    return page(request, "governance/home.html", about=["ledger"], form=form, entries=entries)


@sees(P.VERIFY_LEDGER)
def check(request: Asked) -> HttpResponse:
    return page(request, "governance/check.html", about=NOTHING_PERSONAL, verdict=ledger.verify())


@sees(P.READ_LEDGER)
def looked(request: Asked, noun: str, key: uuid.UUID) -> HttpResponse:
    entries = queries.who_looked(request.viewer, noun, key)
    return page(request, "governance/looked.html", about=[f"{noun}:{key}"], entries=entries, noun=noun, key=key)


@sees(P.READ_LEDGER)
def agreements(request: Asked) -> HttpResponse:
    found = queries.agreements(request.viewer)
    return page(request, "governance/agreements.html", about=NOTHING_PERSONAL, standings=found)
