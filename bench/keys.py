"""What sealing costs: a list of 25 rows whose words are read, sealed and in clear, in one process, warm.

    .venv/bin/python bench/keys.py [--runs 200]

Makes a table of its own beside the programme's, in a transaction that is undone. Prints the engine, and for each list
its median milliseconds and its queries; then one seal and one opening in microseconds. Times are this machine's;
compare ratios.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")

import django

django.setup()

from django.db import connection, models, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clearlines.access.models import Organisation, Owned
from clearlines.keys import box, ring
from clearlines.keys.fields import EncryptedText

WORDS = "I want my flat back, and to see my daughter on Sundays. " * 6
ROWS, AMONG = 25, 2000
PAGE = Template("{% for row in rows %}<li>{{ row.created_at }} {{ row.one }} {{ row.two }}</li>{% endfor %}")


class Sealed(Owned):
    one, two = EncryptedText(), EncryptedText()

    class Meta:
        app_label = "keys"
        db_table = "bench_sealed"


class InClear(Owned):
    one, two = models.TextField(), models.TextField()

    class Meta:
        app_label = "keys"
        db_table = "bench_in_clear"


def a_list(model: type[Owned]) -> str:
    return PAGE.render(Context({"rows": model.objects.order_by("-created_at")[:ROWS]}))


def median(act: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def fill() -> None:
    owner = Organisation.objects.filter(pk="charity").first() or Organisation.objects.create(
        key="charity", name="Bench", kind="charity", regime="part2"
    )
    for model in (Sealed, InClear):
        with connection.schema_editor() as editor:
            editor.create_model(model)
        now = timezone.now()
        model.objects.bulk_create(model(owner=owner, created_at=now, one=WORDS, two=WORDS) for _ in range(AMONG))


def compare(runs: int) -> None:
    print(f"{connection.vendor}, {ROWS} of {AMONG} rows, two notes of {len(WORDS)} characters each")
    took = {}
    for model in (InClear, Sealed):
        a_list(model)
        with CaptureQueriesContext(connection) as asked:
            a_list(model)
        took[model] = median(lambda model=model: a_list(model), runs)
        print(f"  {model.__name__:<10} {took[model] * 1000:7.2f} ms   {len(asked)} queries")
    print(f"  ratio      {took[Sealed] / took[InClear]:7.2f}")
    sealed = box.seal("charity", WORDS.encode(), about="bench")
    print(f"  seal       {median(lambda: box.seal('charity', WORDS.encode(), about='bench'), 2000) * 1e6:7.1f} µs")
    print(f"  open       {median(lambda: box.open('charity', sealed, about='bench'), 2000) * 1e6:7.1f} µs")


def cold() -> None:
    ring.forget()
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        a_list(Sealed)
        took = time.perf_counter() - began
    print(f"  a process's first list, its key unwrapped: {took * 1000:.2f} ms, {len(asked)} queries")


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--runs", type=int, default=200)
    runs = said.parse_args().runs
    if connection.vendor == "sqlite":
        # Its tables cannot be made with its keys checked inside a transaction.
        connection.cursor().execute("PRAGMA foreign_keys = OFF")
    with transaction.atomic():
        fill()
        compare(runs)
        cold()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
