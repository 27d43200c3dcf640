"""MASH, s.42, the National Referral Mechanism, the duty to notify: a row for each controller.

Owner: each organisation's safeguarding lead.
Comes in: a concern about a child or an adult at risk.
Goes out: a route to the body that may act.
May never: let the charity submit what only a first responder may.
"""
