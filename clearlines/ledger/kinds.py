"""The kinds of act that s.62 of the Data Protection Act 2018 asks to be logged, and two more."""

from django.db.models import TextChoices


class Kind(TextChoices):
    COLLECTION = "collection", "Collected"
    CONSULTATION = "consultation", "Looked at"
    ALTERATION = "alteration", "Changed"
    DISCLOSURE = "disclosure", "Told to another organisation"
    COMBINATION = "combination", "Joined or parted"
    ERASURE = "erasure", "Erased"
    ACCESS = "access", "Signed in, out or refused"
    OPERATION = "operation", "Ran the system"
