"""The second lock: row-level security on PostgreSQL, generated from what each model declares beside its fields.

The first lock is scope.own. This one holds when somebody forgets it: the application signs in to the database as a role
that owns no table, and the database itself shows it only rows of the organisation that is asking, or told to it while
the telling lives, at markings it may read, about nobody it is kept away from. Nearness stays in the queries.
SQLite has no such lock, and none holds against somebody who runs code as the application: docs/threat-model.md.

policies.py says what the locks are and fits them; held.py tells the database who is asking; proof.py asks it.
"""

from clearlines.access.second_lock.held import held, whole_house

__all__ = ["held", "whole_house"]
