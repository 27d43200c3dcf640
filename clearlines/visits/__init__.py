"""One appointment; an account for each organisation that went.

Owner: the organiser owns the appointment; each organisation owns its account.
Comes in: a place, a time, a crew, the basis of entry.
Goes out: attempts and achieved visits, counted apart.
May never: show one organisation the other's account, or send someone alone where it is flagged unsafe.
"""
