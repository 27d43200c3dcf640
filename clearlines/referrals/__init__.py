"""The door: a letter under a named agreement, its consent and its reply.

Owner: the sender owns Sent, the recipient owns Received; a letter number joins them, never a key.
Comes in: a minimum of copied facts.
Goes out: the same copy, to the organisation it was addressed to; and received, worker named, finished.
May never: carry a key into intelligence, or a field its agreement does not name.
"""
