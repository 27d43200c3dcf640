"""The police wing of the desk: the sergeant's morning, a line and what stands round it, where lines come from.

It may never import screening or care.
"""
