"""A table of links as it is found in the world, and what was made of it."""

import csv
import re
from collections import Counter
from collections.abc import Iterable

from clearlines.analysis.networks.network import Network

UNENDED = "it is not a table in plain text: a quotation mark or a cell does not end"
LONGEST_CELL = 100_000

# What the two columns are called in published edge lists, once capitals, spaces and underscores are gone.
ENDS = (
    ("source", "target"), ("from", "to"), ("sender", "receiver"), ("ego", "alter"), ("node1", "node2"),
    ("person1", "person2"), ("actor1", "actor2"), ("id1", "id2"), ("v1", "v2"), ("start", "end"),
)  # fmt: skip
LABELS = ("id", "node", "label", "name")
BETWEEN_CELLS = ",;\t|"
NO_ENDS = "no row has two ends: give one link a row, with the columns source and target"


def read_edges(lines: Iterable[str], nodes: Iterable[str] = ()) -> Network:
    """The network in a table of one link a row, and in a table of nodes that names those who have no link.

    Cells stand apart by commas, semicolons, tabs, bars or spaces. Two columns are known by their names (source and
    target, from and to, and the like) wherever they stand; without such a heading the first two are taken, if the
    first row is plainly no heading: both cells are numbers, or one of them comes again below. Direction, weights
    and every other column are not read. `notes` count what was left out. No link, or no table: ValueError, whose
    text is a sentence.

    >>> found = read_edges(["source,target,weight", "N2,N1,21", "N1,N2,3", "N3,N3,1", "N4,,2"])
    >>> found.nodes, found.links
    (('N2', 'N1', 'N3'), ((0, 1),))
    >>> found.notes
    ('1 row repeated a link', '1 row linked a node to itself', '1 row had no second end')
    """
    table = _table(lines)
    one, other, rows = _columns(table)
    pairs, left_out = [], Counter[str]()
    seen: set[frozenset[str]] = set()
    for row in rows:
        ends = [row[at].strip() if at < len(row) else "" for at in (one, other)]
        if not all(ends):
            left_out["had no second end"] += 1
            continue
        if ends[0] == ends[1]:
            left_out["linked a node to itself"] += 1
        elif frozenset(ends) in seen:
            left_out["repeated a link"] += 1
        seen.add(frozenset(ends))
        pairs.append((ends[0], ends[1]))
    network = Network.of(pairs, _labels(_table(nodes)))
    if not network.links:
        raise ValueError("there is no link in it: give one link a row, with the columns source and target")
    return Network(network.nodes, network.links, _notes(left_out))


def _table(lines: Iterable[str]) -> list[list[str]]:
    """Rows of cells; blank lines, and lines of remarks above the table, are not rows."""
    written = [line.rstrip("\r\n") for line in lines]
    if any("\0" in line for line in written):
        raise ValueError("it is not a table in plain text: give a CSV with the columns source and target")
    written = [line.removeprefix("\ufeff") for line in written if line.strip("\ufeff \t")]
    while written and written[0].lstrip().startswith(("#", "%")):
        del written[0]
    if not written:
        return []
    apart = max(BETWEEN_CELLS, key=written[0].count)
    if apart not in written[0]:
        return [line.split() for line in written]
    try:
        table = [row for row in csv.reader(written, delimiter=apart) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise ValueError(UNENDED) from None
    # The csv module's own limit is one for the whole process, and another reader may have lifted it.
    if any(len(cell) > LONGEST_CELL for row in table for cell in row):
        raise ValueError(UNENDED)
    return table


def _columns(table: list[list[str]]) -> tuple[int, int, list[list[str]]]:
    """Where the two ends stand, and the rows below the heading."""
    if not table:
        raise ValueError("it is empty: give one link a row, with the columns source and target")
    names = [_plain(cell) for cell in table[0]]
    for one, other in ENDS:
        if one in names and other in names:
            return names.index(one), names.index(other), table[1:]
    first, below = [cell.strip() for cell in table[0][:2]], table[1:]
    if len(first) < 2 or not all(first):
        raise ValueError(NO_ENDS)
    again = {cell.strip() for row in below for cell in row[:2]}
    if all(re.fullmatch(r"-?\d+", cell) for cell in first) or again.intersection(first):
        return 0, 1, table
    raise ValueError("the columns cannot be told: name the two that hold the ends of a link source and target")


def _labels(table: list[list[str]]) -> list[str]:
    """Of a table of nodes: the column called id, node, label or name, else the first column under its heading."""
    if not table:
        return []
    names = [_plain(cell) for cell in table[0]]
    at = next((names.index(each) for each in LABELS if each in names), 0)
    return [row[at].strip() for row in table[1:] if at < len(row) and row[at].strip()]


def _plain(cell: str) -> str:
    return re.sub(r"[\s_.-]", "", cell).casefold()


def _notes(left_out: Counter[str]) -> tuple[str, ...]:
    order = ("repeated a link", "linked a node to itself", "had no second end")
    return tuple(f"{many} {'row' if many == 1 else 'rows'} {what}" for what in order if (many := left_out[what]))
