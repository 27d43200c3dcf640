"""Between the wings: disclosures, requests for information, the matching role's pointer.

Owner: the information managers.
Comes in: a decision to tell, with its agreement or its one-off reason.
Goes out: a copy of named fields, dated and revocable.
May never: open a record; it only ever carries a copy.
"""
