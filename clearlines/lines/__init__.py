"""A register: the lines, their numbers, their status over time and what disrupted them.

Owner: the force.
Comes in: a brand, a number, a dated status, who says so and when we knew.
Goes out: how many were active on any date, as known then and as known now.
May never: rewrite what was known, or count a closure the national centre has not confirmed.
"""
