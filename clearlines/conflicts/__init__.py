"""Whom a worker must not see, because they know them or are on record themselves.

Owner: the information managers.
Comes in: a name somebody says they know, quietly; or a lead's word that a colleague must be kept away.
Goes out: ties that hide every record about that person from that account, in every list, count and search.
May never: tell the account whether there was anything to hide, or tell a colleague who asked.
"""
