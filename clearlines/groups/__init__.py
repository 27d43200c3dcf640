"""A register: the organised crime groups that run lines, what each has been called, and what others assessed of them.

Owner: the force.
Comes in: a name, who uses it and since when; which lines it runs; a result from another tool, as it was given.
Goes out: which group stands behind a line, and what is known of its names.
May never: merge two groups, or work out anybody's or any group's score.
"""
