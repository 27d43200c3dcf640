"""Extracts of calls for service, the mappings and rule lists they are read by, and counts that health supplied."""
