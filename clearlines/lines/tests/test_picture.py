from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from clearlines.lines import picture, register
from clearlines.lines.history import Step
from clearlines.lines.states import Status

S = Status
TODAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Line:
    pk: int
    brand: str = "Bracken"

    @property
    def reference(self) -> str:
        return f"L-{self.pk:04}"


@dataclass(frozen=True)
class Link:
    from_line: Line
    to_line: Line
    seen_on: date
    kind: str = "displacement"
    created_at: datetime = field(default=datetime(2022, 1, 1, tzinfo=UTC))

    @property
    def from_line_id(self) -> int:
        return self.from_line.pk

    @property
    def to_line_id(self) -> int:
        return self.to_line.pk


def steps(*said: tuple[Status, date]) -> list[Step]:
    return [
        Step(status, on, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), number, number)
        for number, (status, on) in enumerate(said, start=1)
    ]


STORY = {
    1: steps((S.UNDER_ASSESSMENT, date(2022, 2, 1)), (S.ACTIVE, date(2022, 2, 10)), (S.CLOSED_T2, date(2022, 4, 1)),
             (S.ACTIVE, date(2022, 6, 1)), (S.CLOSED_T1, date(2022, 7, 1))),
    2: steps((S.UNDER_ASSESSMENT, date(2022, 2, 1)), (S.ACTIVE, date(2022, 3, 1)), (S.DORMANT, date(2022, 5, 1)),
             (S.DISRUPTED, date(2022, 6, 15))),
    3: steps((S.REPORTED, date(2022, 3, 1)),),
}  # fmt: skip


def drawn(story=STORY, on=TODAY, known=TODAY, links=()):
    lines = [Line(key) for key in story]
    return picture.draw(register.put_together(lines, story, list(links), on=on, known=known, now=TODAY))


def test_nothing_is_drawn_while_no_line_is_known():
    assert drawn({}) is None
    assert drawn({3: STORY[3]}) is None


def test_months_run_to_the_one_after_the_last_change_and_not_to_today():
    found = drawn()
    assert (found.first, found.last) == (date(2022, 2, 1), date(2022, 8, 31))
    assert found.months[0].words == "Feb 2022"


def test_a_long_story_shows_its_last_two_years():
    long = {
        1: steps((S.UNDER_ASSESSMENT, date(2019, 1, 1)), (S.ACTIVE, date(2019, 2, 1)), (S.CLOSED_T2, date(2022, 7, 1)))
    }
    found = drawn(long)
    assert (found.first, found.last) == (date(2020, 9, 1), date(2022, 8, 31))
    assert found.bars[0].x == found.x(found.first)


def test_each_status_has_its_bar_and_each_closure_and_return_its_mark():
    found = drawn()
    assert [bar.kind for bar in found.bars] == ["active", "active", "active", "dormant", "disrupted"]
    assert [mark.kind for mark in found.marks] == ["type2", "return", "type1"]
    assert [label.words for label in found.labels] == ["L-0001 Bracken", "L-0002 Bracken"]


def test_spells_with_none_active_are_shaded_from_their_first_day_to_their_last():
    found = drawn()
    assert [box.title for box in found.zero] == [
        "None active from 1 February 2022 to 9 February 2022",
        "None active from 1 May 2022 to 31 May 2022",
        "None active from 1 July 2022 to 31 August 2022",
    ]
    assert all(found.left <= box.x and box.x + box.width <= found.right + 0.1 for box in found.zero)


def test_what_is_known_differently_now_is_outlined():
    assert len(drawn(on=date(2022, 6, 1), known=date(2022, 4, 15)).outlines) == 2
    assert not drawn().outlines


def test_a_displacement_is_an_arrow_from_one_row_to_the_other_either_way():
    one, two = Line(1), Line(2)
    down, up = drawn(links=[Link(one, two, date(2022, 5, 1)), Link(two, one, date(2022, 6, 1))]).arrows
    assert down.y1 < down.y2 and up.y1 > up.y2
    assert down.title == "L-0001 moved on to L-0002, seen 1 May 2022"
    assert not drawn(links=[Link(one, Line(3), date(2022, 5, 1)), Link(one, two, date(2022, 5, 1), "new_brand")]).arrows


def test_a_long_brand_is_shortened_in_the_picture_only():
    assert picture.shortened("A very long brand indeed") == "A very long …"
