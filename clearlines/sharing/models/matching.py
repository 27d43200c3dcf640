"""A question to the matching role, what that role found in its own register, and whom the asker is told to ring."""

from django.db import models

from clearlines.access.declarations import NOBODY, Declared, Near, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person
from clearlines.sharing.states import QUESTION_IN_WORDS, QuestionState


class Question(Owned):
    """Whether somebody is known to another organisation. Whoever asked never learns the answer from this row."""

    number = models.CharField(max_length=20, unique=True)
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField(max_length=120)
    from_kind = models.CharField(max_length=20)
    asked_by = models.CharField(max_length=150)
    name = models.CharField(max_length=160)
    born = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=80, blank=True)
    why = EncryptedText(max_length=1000)

    declared = Declared(
        about=("pk",),
        kept="question",
        told=("the matching role and the safeguarding lead of the organisation that was asked",),
        near=Near(P.SEE_REGISTER, accounts=("created_by",)),
        disclosed_to="to",
        pack=dict.fromkeys(["name", "born", "area", "why", "to", "from_name"], Shown.IN_FULL)
        | dict.fromkeys(["number", "from_kind"], Shown.NOT_PERSONAL)
        | {"asked_by": Shown.THIRD_PARTIES_REDACTED},
    )

    def __str__(self) -> str:
        return self.number


class MatchAnswer(Owned):
    """What the matching role found in its own register, and what was decided. It never leaves that organisation."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=[(each.value, QUESTION_IN_WORDS[each]) for each in QuestionState],
        default=QuestionState.WAITING,
    )  # fmt: skip
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = EncryptedText(max_length=300, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("person",),
        kept="question",
        told=NOBODY,
        pack=dict.fromkeys(["question", "state", "person", "decided_at"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["why", "decided_by"], Shown.WITHHELD),
    )


class Pointer(Owned):
    """Whom to ring, for the safeguarding lead of whoever asked. It says nothing of what is held, and not why."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    from_name = models.CharField(max_length=120)
    words = EncryptedText(max_length=200)
    asked_by = models.CharField(max_length=150)

    declared = Declared(
        about=("pk",),
        is_posted=True,
        kept="question",
        told=("the safeguarding lead of the organisation that asked",),
        pack=dict.fromkeys(["number", "from_name", "words"], Shown.WITHHELD)
        | {"name": Shown.IN_FULL, "asked_by": Shown.THIRD_PARTIES_REDACTED},
    )
