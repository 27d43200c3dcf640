"""What people rang about: a control room's extract, without the logs police made themselves.

Owner: the analysts.
Comes in: files of calls for service under a saved mapping, rule lists, aggregate counts from health.
Goes out: distinct incidents by area and month; every row that was left out, and why.
May never: drop a row without saying so, or let a log that police made pass for somebody who rang.
"""
