"""Who is asking, for whom, in what role and under which agreement.

Owner: the information managers.
Comes in: accounts, organisations, roles held, the programme's agreements.
Goes out: a Viewer; the scope every query starts from; the wrapper every action wears.
May never: hold a case, or grant a permission that no role describes.
"""
