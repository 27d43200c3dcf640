"""How far a row may travel inside its own organisation. Government Security Classifications, OFFICIAL tier only."""

from django.db.models import TextChoices


class Marking(TextChoices):
    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"
    CUSTODIAN = "custodian", "OFFICIAL-SENSITIVE: custodian only"
