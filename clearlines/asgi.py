"""The asgi door, for a server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")
application = get_asgi_application()
