"""How every page looks and speaks: layout, components, forms, errors.

Owner: everyone who builds a page.
Comes in: a template, what it shows, and about whom.
Goes out: an accessible page, and a ledger entry for each look at a person.
May never: decide, query another room, or carry an inline script or style.
"""
