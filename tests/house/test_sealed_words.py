"""What people said lies sealed. A field that can hold words is sealed, or its reason not to be is here."""

import ast

from django.apps import apps
from django.db import models

from clearlines.keys.fields import EncryptedText
from clearlines.keys.queries import sealed_models
from tests.house.drawing import our_models, source_of

SEALED_ROOMS = {
    "care", "visits", "screening", "referrals", "conflicts", "openings", "sharing", "safeguarding", "disruptions",
    "aftercare",
}  # fmt: skip
# Longer than any choice, key or number: words fit in it.
HOLDS_WORDS = 60
# May lie in clear, each for its reason. This list may only shrink.
REGISTER = "identity and address, as the registers of people and places hold them: they are looked for by them"
SIGNED = "a member of staff or an organisation, as the ledger names them"
IN_CLEAR = {
    "visits.JointOffer.place_words": REGISTER,
    "visits.Appointment.place_words": REGISTER,
    "referrals.Sent.name": REGISTER,
    "referrals.Sent.area": REGISTER,
    "referrals.Sent.address": REGISTER,
    "referrals.Received.name": REGISTER,
    "referrals.Received.area": REGISTER,
    "referrals.Received.address": REGISTER,
    "visits.JointOffer.from_name": SIGNED,
    "visits.JointOffer.offered_by": SIGNED,
    "visits.Appointment.joint_crew": SIGNED,
    "referrals.Sent.signed_by": SIGNED,
    "referrals.SentNews.said_by": SIGNED,
    "referrals.Received.signed_by": SIGNED,
    "referrals.Received.from_name": SIGNED,
    "referrals.Sent.gateway": "the law a letter goes under, from the agreement",
    "referrals.Received.gateway": "the law a letter goes under, from the agreement",
    **dict.fromkeys(
        [
            "sharing.Disclosure.name",
            "sharing.Proposal.name",
            "sharing.InformationRequest.name",
            "sharing.Question.name",
            "sharing.Pointer.name",
            "sharing.Question.area",
        ],
        REGISTER,
    ),
    **dict.fromkeys(
        [
            "sharing.Disclosure.from_name",
            "sharing.Disclosure.signed_by",
            "sharing.InformationRequest.from_name",
            "sharing.InformationRequest.signed_by",
            "sharing.RequestAnswer.from_name",
            "sharing.Notice.from_name",
            "sharing.Pointer.from_name",
            "sharing.Pointer.asked_by",
            "sharing.Question.asked_by",
            "sharing.Question.from_name",
        ],
        SIGNED,
    ),
    "aftercare.Watch.towns": "names of towns: looked for by them, and all that the charity may be told",
    "aftercare.WatchTold.towns": "names of towns: looked for by them, and all that the charity may be told",
    "aftercare.Watch.told_where": "the towns as the charity was told them",
    "aftercare.WatchTold.from_name": SIGNED,
    "sharing.Disclosure.gateway": "the law it was told under, from the agreement or the gateway that was chosen",
    "sharing.Proposal.gateway": "the law it would be told under",
    "sharing.InformationRequest.law": "the law it is asked under",
    "screening.Screening.tool": "the key of a screening tool",
    "visits.VisitAccount.kit": "boxes that were ticked, counted in the quarter's figures",
}


def holds_words(field: models.Field) -> bool:
    if field.is_relation or field.choices or isinstance(field, EncryptedText):
        return False
    is_long = isinstance(field, models.CharField) and (field.max_length or 0) > HOLDS_WORDS
    return is_long or isinstance(field, models.TextField | models.JSONField)


def test_every_field_that_holds_what_people_said_is_sealed():
    in_clear = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if model._meta.app_label in SEALED_ROOMS
        for field in model._meta.concrete_fields
        if holds_words(field)
    }
    assert in_clear - set(IN_CLEAR) == set()
    assert set(IN_CLEAR) - in_clear == set(), "sealed or gone: take it off the list"


def test_a_sealed_field_stands_on_a_row_with_an_owner_and_a_key_made_before_it_is_saved():
    for model, fields in sealed_models():
        assert fields
        assert model._meta.get_field("owner").related_model is apps.get_model("access.Organisation"), model
        assert isinstance(model._meta.pk, models.UUIDField), model
        assert model._meta.pk.has_default(), model


def test_no_list_is_sorted_by_sealed_words():
    for model, fields in sealed_models():
        sealed = {field.name for field in fields}
        assert not sealed & {name.lstrip("-") for name in model._meta.ordering}, model


def test_no_query_takes_sealed_words_past_their_row():
    """values() and order_by() see ciphertext; filter() and update() refuse by themselves."""
    names = {room: set() for room in SEALED_ROOMS}
    for model, fields in sealed_models():
        names.setdefault(model._meta.app_label, set()).update(field.name for field in fields)
    wrong = [
        f"{path}:{node.lineno}"
        for room in SEALED_ROOMS
        for path, tree in source_of(room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("values", "values_list", "order_by", "distinct", "dates")
        for word in node.args
        if isinstance(word, ast.Constant) and str(word.value).lstrip("-").rsplit("__", 1)[-1] in names[room]
    ]  # fmt: skip
    assert not wrong
