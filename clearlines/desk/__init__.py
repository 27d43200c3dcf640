"""Pages that look across rooms: a day's work. Two wings, no shared passage, no tables.

Owner: whoever sits at it.
Comes in: what each room says is due.
Goes out: the next thing to do.
May never: let one wing's desk ask the other wing's rooms.
"""
