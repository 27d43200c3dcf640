"""What every new row of the register begins with."""

import uuid
from typing import Any

from clearlines.access.viewer import Viewer


def made_by(by: Viewer, new_id: uuid.UUID | None = None) -> dict[str, Any]:
    return {"id": new_id or uuid.uuid4(), "owner": by.organisation, "created_by": by.account, "created_at": by.now}
