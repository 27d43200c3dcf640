"""The police wing of the desk: the sergeant's morning. It may never import screening or care."""
