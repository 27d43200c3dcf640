"""What came in, as it came in.

Owner: the force.
Comes in: words from the public or a partner, through one door, anonymous if they like.
Goes out: the report as received, to triage; a receipt of three words, to the reporter.
May never: be edited, keep an address or a device, or delay anyone in danger.
"""
