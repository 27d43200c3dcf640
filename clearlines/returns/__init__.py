"""What is sent to the commissioner, with a second pair of eyes.

Owner: the programme's leads; the commissioner once sent.
Comes in: counts with their rules, never rows.
Goes out: a frozen return whose every number re-runs.
May never: show a count under five, or be approved by whoever prepared it.
"""
