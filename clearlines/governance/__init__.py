"""Retention, subject access, access review, the disclosure register.

Owner: the information managers.
Comes in: what each model declares beside its fields.
Goes out: who looked, what is due to go, what was told to whom.
May never: keep a second list of what a model already declares.
"""
