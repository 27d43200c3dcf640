"""The screening tools, read once from tools/*.toml into frozen dataclasses. A malformed tool stops the system check."""

import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearlines.screening.states import Band, Evidence
from clearlines.screening.suggest import FACTS, KINDS

FOLDER = Path(__file__).parent / "tools"


class Malformed(Exception):
    """A tool file that says something no rule understands, in a sentence."""


@dataclass(frozen=True)
class Item:
    id: str
    words: str
    domain: str = ""
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """`items` empty means any of the tool's questions; `evidence` empty means of any kind."""

    id: str
    kind: str
    band: Band
    because: str
    floor: bool = False
    fact: str = ""
    items: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    key: str
    version: int
    title: str
    purpose: str
    source: str
    licence: str
    verified: bool
    domains: dict[str, str]
    items: tuple[Item, ...]
    protective: tuple[Item, ...]
    rules: tuple[Rule, ...]
    next_days: dict[str, int]
    sha256: str

    @property
    def name(self) -> str:
        """What an answer keeps: 'generic-vulnerability.v1'."""
        return f"{self.key}.v{self.version}"

    @property
    def everything(self) -> tuple[Item, ...]:
        return self.items + self.protective

    def words_of(self, item: str) -> str:
        return next(each.words for each in self.everything if each.id == item)


@functools.cache
def all_tools() -> dict[str, Tool]:
    return {tool.name: tool for tool in map(read, sorted(FOLDER.glob("*.toml")))}


def read(path: Path) -> Tool:
    """The tool in a file, or Malformed saying what is wrong with it."""
    content = path.read_bytes()
    try:
        tool = _tool(tomllib.loads(content.decode("utf-8")), hashlib.sha256(content).hexdigest())
    except (KeyError, TypeError, ValueError) as wrong:
        raise Malformed(f"{path.name}: {wrong}") from wrong
    faults = [*faults_in(tool)]
    if path.stem != tool.name:
        faults.append(f"it calls itself {tool.name}")
    if faults:
        raise Malformed(f"{path.name}: {'; '.join(faults)}")
    return tool


def _tool(said: dict[str, Any], sha256: str) -> Tool:
    return Tool(
        **{name: said[name] for name in ("key", "version", "title", "purpose", "source", "licence", "verified",
                                         "domains", "next_days")},
        items=tuple(Item(**each) for each in said["items"]),
        protective=tuple(Item(**each) for each in said["protective"]),
        rules=tuple(_rule(each) for each in said["rules"]),
        sha256=sha256,
    )  # fmt: skip


def _rule(said: dict[str, Any]) -> Rule:
    lists = {name: tuple(said.get(name, ())) for name in ("items", "evidence")}
    return Rule(**{**said, **lists, "band": Band(said["band"])})


def faults_in(tool: Tool) -> list[str]:
    ids = [each.id for each in tool.everything]
    faults = [f"two questions are called {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]
    faults += [f"question {each.id} is in no domain" for each in tool.items if each.domain not in tool.domains]
    names = [rule.id for rule in tool.rules]
    faults += [f"two rules are called {name}" for name in sorted({name for name in names if names.count(name) > 1})]
    for rule in tool.rules:
        faults += _faults_in_rule(rule, {each.id for each in tool.items})
    dated = set(Band) - {Band.CLOSE}
    faults += [f"next_days says nothing about {band}" for band in sorted(dated - set(tool.next_days))]
    return faults


def _faults_in_rule(rule: Rule, items: set[str]) -> list[str]:
    faults = []
    if rule.kind not in KINDS:
        faults.append(f"rule {rule.id} is of an unknown kind, {rule.kind}")
    if rule.kind.startswith("fact") and rule.fact not in FACTS:
        faults.append(f"rule {rule.id} asks a fact nobody knows, {rule.fact}")
    faults += [f"rule {rule.id} asks about {item}, which is no question" for item in sorted(set(rule.items) - items)]
    faults += [f"rule {rule.id} has no evidence called {each}" for each in sorted(set(rule.evidence) - set(Evidence))]
    if rule.band == Band.CLOSE:
        faults.append(f"rule {rule.id} suggests closing: only a person may")
    return faults
