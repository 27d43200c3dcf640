"""Refuses a Python that is too old, in words that one can still read. Written so that any Python 3 can parse it."""

import os
import shutil
import sys

AT_LEAST = (3, 11)


def see_that_it_will_do():
    """Go on under this Python, or under a newer one of this machine; or say what is needed and stop."""
    if sys.version_info >= AT_LEAST:
        return
    for minor in range(AT_LEAST[1], AT_LEAST[1] + 4):
        newer = shutil.which("python3.%d" % minor)  # noqa: UP031
        if newer:
            os.execv(newer, [newer] + sys.argv)  # noqa: RUF005
    this = "%d.%d" % sys.version_info[:2]  # noqa: UP031
    sys.exit("Clearlines needs Python 3.11 or newer, and python3 here is %s: install a newer one." % this)  # noqa: UP031
