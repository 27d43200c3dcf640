"""A whole copy, sealed; and back again.

The copy of the database holds notes already sealed under their controllers' keys; the whole is sealed once more under
the host's. Keys are never in it: each controller keeps its own, and the host's backup key is kept apart from backups.
"""

from clearlines.keys.backups.whole import make, restore

__all__ = ["make", "restore"]
