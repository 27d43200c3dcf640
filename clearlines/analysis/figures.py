"""Numbers as a sentence has them.

>>> plain(1234.0), plain(0.25), signed(-2.04), signed(0.01)
('1,234', '0.2', '−2', '0')
"""


def plain(number: float) -> str:
    """To one decimal place, and to none where that is nought."""
    return f"{number:,.1f}".removesuffix(".0")


def signed(number: float) -> str:
    """As `plain`, with its sign; 0 where it rounds to nothing."""
    return f"{number:+,.1f}".removesuffix(".0").replace("-", "−") if round(number, 1) else "0"
