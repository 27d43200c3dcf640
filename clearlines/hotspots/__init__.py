"""Where to go next: recorded incidents by area and month.

Owner: the analysts.
Comes in: monthly files of recorded crime, boundaries the operator supplies.
Goes out: counts by area and month; what victims and callers reported, apart from enforcement.
May never: place a person, or let enforcement output pass for a fall in crime.
"""
