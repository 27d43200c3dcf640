"""Every page of the example programme: median server time and number of queries, in one process, warm.

    .venv/bin/python bench/pages.py [--runs 9]

Prints the engine, the rows in the ledger, each page with its median milliseconds and queries, and the bare framework's
empty page beside them in the same run. Times are this machine's; compare ratios.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")

import django

django.setup()

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from clearlines.access.models import Account
from clearlines.ledger.models import Entry

BESIDE = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "ledger_")
WHO = {
    "sergeant": [
        "/",
        "/force/",
        "/lines/",
        "/people/",
        "/places/",
        "/triage/",
        "/referrals/",
        "/visits/",
        "/hotspots/",
    ],
    "worker": ["/", "/charity/", "/people/", "/referrals/", "/visits/", "/care/"],
    "commissioner": ["/", "/returns/", "/hotspots/", "/evaluation/"],
    "charity.information": ["/governance/", "/governance/agreements/"],
}


def signed_in(username: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(
        Account.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def measured(client: Client, url: str, runs: int) -> tuple[int, float, int]:
    status = client.get(url).status_code
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        client.get(url)
        taken.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(url)
    counted = [each for each in seen.captured_queries if not any(word in each["sql"] for word in BESIDE)]
    return status, statistics.median(taken), len(counted)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Bare</title>")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=9)
    runs = asked.parse_args().runs
    request = RequestFactory().get("/")
    began = time.perf_counter()
    for _ in range(1000):
        bare(request)
    empty = time.perf_counter() - began
    print(f"engine {connection.vendor}; {Entry.objects.count()} ledger entries; {runs} runs each, median")
    print(f"{'bare view':<40} {empty:8.3f} ms")
    for username, urls in WHO.items():
        client = signed_in(username)
        for url in urls:
            status, milliseconds, queries = measured(client, url, runs)
            print(f"{username + ' ' + url:<40} {milliseconds:8.1f} ms {queries:3d} queries  {status}")


if __name__ == "__main__":
    main()
