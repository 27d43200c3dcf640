"""Words, files and backups locked under a key that their own controller holds.

Owner: each controller holds its own key, outside the database; whoever hosts the system holds only ciphertext.
Comes in: words and files to seal, and the row and field they belong to.
Goes out: sealed bytes, and the words again while the controller's key is there.
May never: write a key or an opened word to a log, a ledger entry or a disk; open a value moved from its place.
"""
