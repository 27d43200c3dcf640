"""A guest house: pure functions on frames and arrays that could be published alone.

Owner: the analysts.
Comes in: frames, arrays, a random generator, a date.
Goes out: frozen results that carry the number, its uncertainty, n and what was dropped.
May never: know Django, a database, a file, a clock or a person's name.
"""
