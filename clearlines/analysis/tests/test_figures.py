"""Numbers as sentences have them."""

import doctest

from clearlines.analysis import figures


def test_the_written_examples_hold():
    assert doctest.testmod(figures).failed == 0
