"""Invented people, streets and words. The towns are real; nobody and nothing else is.

Telephone numbers come from the range Ofcom keeps for drama: 07700 900000 to 900999.
"""

GIVEN = [
    "Alex", "Billie", "Casey", "Drew", "Ellis", "Frankie", "Glen", "Hollis", "Indie", "Jamie", "Kerry", "Leigh",
    "Morgan", "Nicky", "Ollie", "Perry", "Quinn", "Robin", "Shannon", "Taylor", "Val", "Wynn", "Ashley", "Blair",
    "Corey", "Darcy", "Emery", "Finley", "Greer", "Harper",
]  # fmt: skip
FAMILY = [
    "Ainstable", "Birkrigg", "Castlehead", "Dunnerdale", "Eskmeals", "Foxfield", "Gleaston", "Haverigg", "Ireleth",
    "Kirkby", "Lindal", "Marton", "Newbiggin", "Oxenpark", "Pennybridge", "Rampside", "Sandside", "Torver", "Urswick",
    "Woodland", "Yewdale", "Broughton", "Cark", "Duddon", "Ennerdale",
]  # fmt: skip

# town, latitude, longitude, invented streets
TOWNS = [
    ("Barrow-in-Furness", 54.1108, -3.2261, ["Slipway Street", "Kittiwake Close", "Haematite Road", "Ropewalk Lane"]),
    ("Ulverston", 54.1953, -3.0934, ["Tannery Yard", "Canal Foot Lane"]),
    ("Kendal", 54.3280, -2.7463, ["Snuff Mill Row", "Bobbin Yard", "Castle Brow"]),
    ("Millom", 54.2107, -3.2713, ["Furnace Row", "Ironworkers Terrace"]),
    ("Dalton-in-Furness", 54.1578, -3.1797, ["Pele Street"]),
    ("Coniston", 54.3690, -3.0755, ["Coppermines Cottages"]),
    ("Windermere", 54.3807, -2.9068, ["Ferry Nab Court"]),
]
EXPORTERS = ["Merseyside", "Greater Manchester", "West Midlands"]

WORRIES = [
    "New people coming and going at all hours, and they have stopped answering the door.",
    "They said they owe money and cannot go home by the front street.",
    "Somebody else answered their phone and spoke for them.",
    "They used to come every week and now come with two lads who wait outside.",
    "They asked for food for four but live alone.",
    "They are frightened and will not say of whom.",
    "Their bank card is being kept by somebody they call a friend.",
    "They are sleeping in one room of their own flat.",
]
GOALS = [
    ("get my keys back", "housing"), ("see my daughter on Sundays", "family"), ("sleep in my own bed", "safety"),
    ("stop owing anybody", "money"), ("go back to college in September", "work"),
    ("not be on my own at night", "safety"), ("get to my appointments", "health"),
    ("be able to answer my own door", "safety"), ("cook for my mates again", "community"),
    ("finish my licence without going back", "family"),
]  # fmt: skip
FACTS = [
    "Door has a new metal plate. One chair, two mattresses in the front room.",
    "Kitchen tidy. Two phones on the table, one rang throughout.",
    "Curtains closed at midday. Spoke on the step for twenty minutes.",
    "Let us in and made tea. Back bedroom door was shut.",
]
OPINIONS = [
    "Seemed to choose words with care, as if somebody else could hear.",
    "Brighter than last time; talked about the club.",
    "I think they want to say more when they are on their own.",
    "Tired. I would go again before the week is out.",
]
