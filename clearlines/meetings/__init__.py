"""Between the wings: the panel, its agenda, packs, actions and minutes.

Owner: the panel's chair.
Comes in: text each wing contributes, as letters.
Goes out: a pack for each agency with its entitled fields only.
May never: import or point at intelligence.
"""
