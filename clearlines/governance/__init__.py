"""Who looked, and whether it was work; retention, subject access, access review.

Owner: the information managers.
Comes in: what each model declares beside its fields.
Goes out: who looked, which looks stand out, what a supervisor is asked, what has been agreed.
May never: show a colleague that a look stood out, put a look to whoever looked, or keep a second list of what a
model already declares.
"""
