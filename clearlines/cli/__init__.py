"""The clearlines command: thin, calls each room's commands as a named, ledgered account.

Owner: the analysts and whoever runs the machine.
Comes in: words typed at a prompt.
Goes out: a table, or JSON whose keys are promises; exit 2 and one sentence when it cannot.
May never: decide anything a room has not decided.
"""
