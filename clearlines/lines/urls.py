from django.urls import path, register_converter

from clearlines.lines import views
from clearlines.lines.models import ElementTest


class OneOfTheFour:
    """An element of the test: any other word is no page."""

    regex = "|".join(ElementTest.Element.values)
    to_python = to_url = staticmethod(str)


register_converter(OneOfTheFour, "element")

urlpatterns = [
    path("", views.everything, name="lines-list"),
    path("download/", views.download, name="lines-download"),
    path("find/", views.find, name="lines-find"),
    path("new/", views.new, name="lines-new"),
    path("differences/", views.differences, name="lines-differences"),
    path("people/<uuid:person>/recognise/", views.recognise, name="lines-recognise"),
    path("<uuid:key>/move/", views.move, name="lines-move"),
    path("<uuid:key>/statuses/<uuid:row>/correct/", views.correct, name="lines-correct"),
    path("<uuid:key>/numbers/new/", views.identify, name="lines-identify"),
    path("<uuid:key>/numbers/<uuid:row>/change/", views.change_number, name="lines-change-number"),
    path("<uuid:key>/numbers/<uuid:row>/end/", views.end_identifier, name="lines-end-number"),
    path("<uuid:key>/towns/new/", views.market, name="lines-market"),
    path("<uuid:key>/towns/<uuid:row>/end/", views.end_market, name="lines-end-market"),
    path("<uuid:key>/people/<uuid:row>/end/", views.end_role, name="lines-end-role"),
    path("<uuid:key>/seen/", views.sighting, name="lines-seen"),
    path("<uuid:key>/statuses/<uuid:row>/check/<int:days>/", views.check, name="lines-check"),
    path("<uuid:key>/elements/<element:element>/", views.element, name="lines-element"),
    path("<uuid:key>/qualifies/", views.qualifies, name="lines-qualifies"),
    path("<uuid:key>/people/new/", views.put_person, name="lines-put-person"),
    path("<uuid:key>/displacement/", views.displacement, name="lines-displacement"),
    path("<uuid:key>/displacement/<uuid:other>/", views.displaced, name="lines-displaced"),
]
