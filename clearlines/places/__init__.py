"""A register: addresses, areas, and where people can usually be found.

Owner: each controller owns its own.
Comes in: an address, a flat, a caravan, a usual place, a grid reference.
Goes out: one place, to the controller that holds it.
May never: point at a person, or show one controller what the other knows of an address.
"""
