"""The charity wing of the desk: the worker's day. It may never import reports, lines or triage."""
