"""Several processes for one piece of work, each on one thread of linear algebra."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

_act: Callable[[Any], Any]


def side_by_side(act: Callable[[Any], Any], parts: Sequence[Any], processes: int) -> list[Any]:
    """`act` of each part, in their order. `act` crosses to each process once, parts as they are taken up.

    Processes are spawned, not forked: a fork while the linear algebra has threads may hang.
    """
    with _one_thread_each(), ProcessPoolExecutor(processes, get_context("spawn"), _begin, (act,)) as pool:
        return list(pool.map(_part, parts))


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """What new processes read when they load the linear algebra; it has no effect on this one, which has loaded it."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(act: Callable[[Any], Any]) -> None:
    global _act
    _act = act


def _part(part: Any) -> Any:
    return _act(part)
