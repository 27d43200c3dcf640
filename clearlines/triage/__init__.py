"""A report is joined to a line, a place, a person; graded; decided.

Owner: the force.
Comes in: a report.
Goes out: links, a grade by police, one decision with its reason.
May never: let one officer both submit and grade, or ask a reporter to find out more.
"""
