"""Between the wings: the hours after a line closes, when debts are called in and somebody may come to harm.

Owner: the force opens a watch; each organisation owns what it saw.
Comes in: an area and a window of time, and what happened in them.
Goes out: to the charity, the area and the window only, under a live agreement; in totals, possible harm from closing.
May never: name a line, a person or an address across the wall; say that closing was the cause.
"""
