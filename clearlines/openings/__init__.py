"""One person's records, opened in an emergency for a few hours by somebody who does not stand near them.

Owner: each controller, of its own records and no other's.
Comes in: a reason, and for how long.
Goes out: a tie that ends by itself; a banner while it stands; a question to a second person within a day.
May never: cross the wall, show somebody whom one is kept away from, or end without anybody having judged it.
"""
