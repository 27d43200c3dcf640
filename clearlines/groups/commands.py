"""`clearlines networks …`: networks at a prompt. It reads the file it is given and no record: no account is needed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from clearlines.analysis import networks as analysis
from clearlines.analysis.networks import BestRemoval, Network, RemovalCurve

# Beyond this nobody has read the links one by one, and a chart of them says nothing about anybody.
MOST_NODES = 2000


@click.group()
def networks() -> None:
    """Who is linked to whom in a file, what parts a network, and what that cannot say."""


edges = click.option("--edges", type=click.Path(path_type=Path), required=True, help="A CSV with a link in each row.")
nodes = click.option("--nodes", type=click.Path(path_type=Path), help="A CSV of nodes, for those who have no link.")


@networks.command()
@edges
@nodes
@click.option("--k", type=int, default=1, show_default=True, help="How many are taken out together.")
@click.option("--seconds", type=float, default=60, show_default=True, help="When to stop and say what was not tried.")
@click.pass_obj
def fragment(console: Any, edges: Path, nodes: Path | None, k: int, seconds: float) -> None:
    """The k nodes without which the fewest pairs stay connected.

    The file has the two ends of a link in the columns source and target (or from and to, and the like). Direction,
    weights and repeated rows are not counted. F is 0 where all are connected and 1 where nobody is, and is of the
    nodes before anybody is taken out. Every set that could be the best is tried; if time runs out, exact is false and
    no set is better than upper. --nodes adds those without a link, who are in F's base.

    \b
    For example:
      clearlines networks fragment --edges caviar.csv --k 2
      clearlines networks fragment --edges gangs.csv --nodes all_gangs.csv --k 3 --seconds 10 --json

    \b
    Answer: best, fragmentation; and k, nodes, edges, exact, upper, ties, tied, before,
    pairs, pairs_before, tried, seconds, notes, warning. best is the first of the sets that
    tie, in the order of the file; tied lists the first twenty. pairs are ordered, so each
    two people count twice, as in F.
    Errors: exit 2 for a file that is missing, no table or without a link, or a k that is
    below 1 or above the nodes there are.
    Method: Borgatti (2006), Computational and Mathematical Organization Theory 12:21.
    Not for: deciding on anybody's guilt, and no network of people who were not first
    looked at for being victims.
    """
    with _said_plainly():
        if seconds <= 0:
            raise ValueError("--seconds takes a time above nought, such as 60")
        network = read(edges, nodes)
        began = time.monotonic()
        found = analysis.best_removal(network, k, stop=lambda: time.monotonic() - began > seconds)
    took = time.monotonic() - began
    console.show(_best_as_promised(found, network, took), text=_best_in_words(found, network))


@networks.command()
@edges
@nodes
@click.option("--by", default="betweenness", show_default=True, help=f"{', '.join(analysis.MEASURES)}.")
@click.option("--mode", default="sequential", show_default=True, help=f"{' or '.join(analysis.MODES)}.")
@click.option(
    "--size", type=int, default=5, show_default=True, help="How many in a block; both end while more are left."
)
@click.pass_obj
def removal(console: Any, edges: Path, nodes: Path | None, by: str, mode: str, size: int) -> None:
    """How the largest part shrinks as nodes are taken out, always those that a measure puts last.

    sequential takes one node and measures again; block takes --size nodes and measures again. Equals are taken in
    the order of the file, the later first. Each entry is the size of the largest part over its size before any
    removal: the first entry is 1, before anybody is taken out, and the last leaves more than --size nodes.

    \b
    For example:
      clearlines networks removal --edges caviar.csv --by betweenness --mode block --size 5
      clearlines networks removal --edges caviar.csv --by degree --mode sequential --size 1 --json

    \b
    Answer: lcc_fraction; and taken (how many were out by then), order, by, mode, size,
    alpha (Katz's, else null), nodes, edges, notes, warning.
    Errors: exit 2 for a file that is missing, no table or without a link, a measure or mode
    that is not one, or a size below 1.
    Method: Cavallaro and others (2020), PLOS ONE 15:e0236476; measures by networkx.
    Not for: choosing whom to arrest. Those who are left do not stand still.
    """
    with _said_plainly():
        network = read(edges, nodes)
        found = analysis.removal_curve(network, by=by, mode=mode, size=size)
    console.show(_curve_as_promised(found, network), text=_curve_in_words(found, network))


def read(edges: Path, nodes: Path | None) -> Network:
    """The network in the files. What cannot be read: ValueError, with the file's name."""
    try:
        network = analysis.read_edges(_lines(edges), _lines(nodes) if nodes else ())
    except ValueError as wrong:
        raise ValueError(f"the file {edges.name} cannot be used: {wrong}") from None
    if len(network.nodes) > MOST_NODES:
        raise ValueError(
            f"the file {edges.name} has {len(network.nodes):,} nodes, and {MOST_NODES:,} are the most that are read"
        )
    return network


def _lines(path: Path) -> list[str]:
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        raise click.UsageError(f"There is no file {path}.") from None
    except OSError as wrong:
        raise click.UsageError(f"{path} cannot be read: {wrong.strerror or wrong}.") from None
    try:
        return written.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        # Excel on Windows still writes this where the accents of a label allow it.
        return written.decode("cp1252", errors="replace").splitlines()


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except ValueError as wrong:
        said = str(wrong)
        raise click.UsageError(f"{said[:1].upper()}{said[1:]}.") from None


def _best_as_promised(found: BestRemoval, network: Network, took: float) -> dict[str, Any]:
    return {
        "best": found.best, "fragmentation": found.fragmentation, "k": found.k, "nodes": found.nodes,
        "edges": found.links, "exact": found.exact, "upper": found.upper, "ties": found.ties, "tied": found.tied,
        "before": found.before, "pairs": found.pairs, "pairs_before": found.pairs_before, "tried": found.tried,
        "seconds": round(took, 4), "notes": network.notes, "warning": analysis.WARNING,
    }  # fmt: skip


def _best_in_words(found: BestRemoval, network: Network) -> str:
    ties = (
        f" {found.ties - 1:,} other {'set does' if found.ties == 2 else 'sets do'} as well." if found.ties > 1 else ""
    )
    now, left, whole = (round((1 - found.before) * found.pairs_before / 2), found.pairs // 2, found.pairs_before // 2)
    bound = "Every set that could do better was tried." if found.exact else _not_all(found)
    return "\n".join(
        [
            analysis.WARNING,
            "",
            f"Without {_and(found.best)}, {left:,} of {whole:,} pairs would be connected; now {now:,} are.",
            f"  fragmentation {found.fragmentation:.4f}   before {found.before:.4f}   {_size(network)}",
            f"  {bound}{ties}",
            *_notes(network),
        ]
    )


def _not_all(found: BestRemoval) -> str:
    return f"Time ran out: this is the best that was found, and no set has a fragmentation above {found.upper:.4f}."


def _curve_as_promised(found: RemovalCurve, network: Network) -> dict[str, Any]:
    return {
        "lcc_fraction": found.lcc_fraction, "taken": found.taken, "order": found.order, "by": found.by,
        "mode": found.mode, "size": found.size, "alpha": found.alpha, "nodes": found.nodes,
        "edges": len(network.links), "notes": network.notes, "warning": analysis.WARNING,
    }  # fmt: skip


def _curve_in_words(found: RemovalCurve, network: Network) -> str:
    steps = zip(found.taken, found.lcc_fraction, strict=True)
    alpha = "" if found.alpha is None else f", alpha {found.alpha:.4f}"
    block = f" of {found.size}" if found.mode == "block" else ""
    return "\n".join(
        [
            analysis.WARNING,
            "",
            f"By {found.by}{alpha}, {found.mode}{block}: {_size(network)}",
            "  taken out   largest part, of what it was",
            *(f"  {taken:>9}   {share:.4f}" for taken, share in steps),
            *_notes(network),
        ]
    )


def _size(network: Network) -> str:
    return f"{len(network.nodes):,} nodes, {len(network.links):,} links"


def _and(labels: tuple[str, ...]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _notes(network: Network) -> list[str]:
    return [f"  In the file, {'; '.join(network.notes)}."] if network.notes else []
