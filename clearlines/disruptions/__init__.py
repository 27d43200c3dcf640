"""What was done to a line, a group, a place: by whom, to what end, how far it reached, and who judged that.

Owner: the force.
Comes in: an act under one of the four Ps, its tactic, orders and seizures, the agencies that took part.
Goes out: a level that somebody other than its proposer decided; a status of the line it disrupted.
May never: count one act twice, or use a person's home, benefit or treatment against them without saying what it costs.
"""
