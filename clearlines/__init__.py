"""Clearlines runs a county-lines disruption and diversion programme, from the first report to the return."""
