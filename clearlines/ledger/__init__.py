"""The hash-chained record of every act and every look.

Owner: the information managers of every controller.
Comes in: record() and look(), called by actions and by web.pages.
Goes out: who did, saw, sent, joined or erased what, and when.
May never: hold a key into another room, the data an erasure removed, or an entry that can be edited.
"""
