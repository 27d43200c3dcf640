"""Structured professional judgement: questions, answers, reasons, a band a person sets.

Owner: the charity.
Comes in: answers with their evidence; 'not known' is never 'no'.
Goes out: a suggested band with reasons and a next date; the band a named human set.
May never: add up a score, or steer enforcement.
"""
