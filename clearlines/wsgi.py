"""The wsgi door, for a server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")
application = get_wsgi_application()

from clearlines.access.starting import refuse_to_start_unsafe  # noqa: E402  (after the applications are loaded)

refuse_to_start_unsafe()
