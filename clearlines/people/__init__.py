"""A register of identity only: names, dates, contacts, and 'same as'.

Owner: each controller owns its own; the police's person and the charity's are different records.
Comes in: a name, perhaps a date of birth, how to reach them safely.
Goes out: one person, to the controller that holds them.
May never: merge two people, cross the wall, hold a happening or a score.
"""
