"""What web/form.html and web/field.html ask of a field. Pages use `{% load clearlines %}` instead."""

from django import forms, template
from django.forms import BoundField

from clearlines.web.forms import LONGEST_TEXT, DayInput

register = template.Library()


@register.filter
def first_box(field: BoundField) -> str:
    """The id that an error in the summary leads to: the first box, button or part of the field."""
    widget = field.field.widget
    if isinstance(widget, DayInput):
        return f"id_{field.html_name}_day"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def is_tick_box(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choice(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def says_optional(field: BoundField) -> bool:
    marks = getattr(field.form, "marks_optional", False)
    return marks and not field.field.required and "optional" not in str(field.label).lower()


@register.filter
def most_letters(field: BoundField) -> int | None:
    """How much a box for words holds, when that is little enough to matter."""
    most = getattr(field.field, "max_length", None)
    return most if most and most < LONGEST_TEXT and isinstance(field.field.widget, forms.Textarea) else None
