"""Places: an address, a flat, a caravan, or where somebody can usually be found."""

from django.db import models

from clearlines.access.declarations import BY_LETTER, Declared, Shown
from clearlines.access.models import Owned
from clearlines.keys.fields import EncryptedText


class Place(Owned):
    """One controller's record of one place. It may have no address at all: 'bus shelter, Duke Street'."""

    class Kind(models.TextChoices):
        HOME = "home", "House or flat"
        CARAVAN = "caravan", "Caravan or mobile home"
        HOSTEL = "hostel", "Hostel or supported housing"
        USUAL_PLACE = "usual_place", "Where somebody can usually be found"
        PUBLIC = "public", "Street, park or other public place"
        OFFICE = "office", "Office, club or hub"

    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=200, help_text="Number and street, or the place in words")
    flat = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10, blank=True)
    area_code = models.CharField(max_length=12, blank=True, help_text="LSOA or ward, where it is known")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    warning = EncryptedText(max_length=200, blank=True, help_text="What to know before going there")
    never_alone = models.BooleanField(default=False)

    declared = Declared(
        kept="place",
        told=BY_LETTER,
        pack=dict.fromkeys(
            ["kind", "words", "flat", "town", "postcode", "area_code", "latitude", "longitude"], Shown.IN_FULL
        )
        | {"warning": Shown.WITHHELD, "never_alone": Shown.WITHHELD},
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "town", "words"], name="places_by_town")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__range=(-90, 90)), name="places_latitude_is_real"
            ),
            models.CheckConstraint(
                condition=models.Q(longitude=None) | models.Q(longitude__range=(-180, 180)),
                name="places_longitude_is_real",
            ),
        ]

    @property
    def has_address(self) -> bool:
        return self.kind not in (self.Kind.USUAL_PLACE, self.Kind.PUBLIC)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.flat, self.words, self.town, self.postcode) if part)
