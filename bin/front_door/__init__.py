"""What stands behind bin/run, bin/test, bin/check, bin/fix and bin/house: the standard library and nothing else.

Comes in: a checkout, on a machine that may hold only Python.
Goes out: Clearlines served, tested or checked; or one plain sentence and an exit code that is not 0.
May never: print a traceback, or leave a server running behind it.
"""
