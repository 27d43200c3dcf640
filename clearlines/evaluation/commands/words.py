"""How a command says what is wrong."""


def sentence(wrong: ValueError) -> str:
    """The refusal of an analysis as a sentence that begins with a capital and ends with a full stop."""
    said = str(wrong)
    return f"{said[:1].upper()}{said[1:]}."
