"""Between the wings: disclosures, requests for information, the matching role's pointer.

Owner: the information managers.
Comes in: a decision to tell, with its agreement or its one-off reason; a question for the matching role; a request
    for information about a victim.
Goes out: a copy of named fields, dated and revocable; a telephone number to ring; an answer, or none.
May never: open a record; say whether somebody is held; let whoever asks see what was found.
"""
