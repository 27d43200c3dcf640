"""Did records fall where the work was done by more than in areas chosen as hot in the same way? The default design.

>>> METHOD
'impact 1'
"""

from clearlines.analysis.impact.answer import METHOD, Impact, impact
from clearlines.analysis.impact.study import FEWEST_BEFORE, Study, needed

__all__ = ["FEWEST_BEFORE", "METHOD", "Impact", "Study", "impact", "needed"]
