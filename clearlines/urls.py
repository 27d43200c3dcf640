"""Every door in the house. A door that is not here, or not on the access table, does not exist."""

from django.urls import include, path

handler400 = "clearlines.web.errors.bad_request"
handler403 = "clearlines.web.errors.forbidden"
handler404 = "clearlines.web.errors.not_found"
handler500 = "clearlines.web.errors.went_wrong"

ROOMS_WITH_PAGES = [
    "places", "people", "sharing", "safeguarding", "aftercare", "lines", "reports", "triage", "groups", "disruptions",
    "referrals", "screening", "visits", "care", "calls", "hotspots", "evaluation", "returns", "staff", "governance",
    "conflicts", "openings",
]  # fmt: skip

urlpatterns = [
    path("", include("clearlines.desk.urls")),
    path("", include("clearlines.access.urls")),
    *[path(f"{room}/", include(f"clearlines.{room}.urls")) for room in ROOMS_WITH_PAGES],
]
