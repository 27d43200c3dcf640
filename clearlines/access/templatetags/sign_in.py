"""What the sign-in page asks of the settings."""

from django import template
from django.conf import settings

from clearlines.access.single_sign_on import Provider

register = template.Library()


@register.simple_tag
def sign_in_elsewhere() -> tuple[Provider, ...]:
    """The organisations that sign in through their own page."""
    return settings.SINGLE_SIGN_ON
