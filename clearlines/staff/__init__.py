"""Joining, moving, leaving, and one's own ways to sign in.

Owner: each controller's manager; the host's administrator opens and closes accounts.
Comes in: who started, who moved, whose vetting ran out; a lost phone.
Goes out: roles and duties in one organisation; a leaver's work in a colleague's hands; a list of what ended.
May never: let anybody give themselves a role, or let an administrator give a controller's.
"""
