"""The counting functions a definitions file may name. Each takes the eyes to count with and the window."""

from collections.abc import Callable, Mapping

from clearlines.access.viewer import Viewer
from clearlines.returns.counted import Figure, Table, Window
from clearlines.returns.figures import after_closing, charity, police, spend

Counter = Callable[[Viewer, Window], Figure]

COUNTERS: dict[str, Counter] = {
    function.__name__: function
    for function in (*police.COUNTERS, *charity.COUNTERS, *after_closing.COUNTERS, *spend.COUNTERS)
}

__all__ = ["COUNTERS", "Counter", "Figure", "Mapping", "Table", "Window"]
