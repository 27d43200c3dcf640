"""The police wing of the desk: the sergeant's morning, the link chart, where lines come from.

It may never import screening or care.
"""
