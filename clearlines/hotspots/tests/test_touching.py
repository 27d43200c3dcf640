"""Which areas touch, by their outlines."""

import shapely

from clearlines.hotspots import touching


def test_squares_that_share_an_edge_or_a_corner_touch_and_others_do_not():
    squares = [shapely.box(x, y, x + 1, y + 1) for x, y in [(0, 0), (1, 0), (1, 1), (3, 0)]]
    assert touching.pairs_of(squares).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert touching.pairs(tuple(each.wkb for each in squares)) == ((0, 1), (0, 2), (1, 2))


def test_of_no_area_nothing_touches():
    assert touching.pairs_of([]).shape == (0, 2)
