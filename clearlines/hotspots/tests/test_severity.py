"""Tables of harm weights: read or refused whole, never changed, and weighing only what victims reported."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clearlines.access.refusals import Forbidden, Refused
from clearlines.cli.main import main
from clearlines.hotspots import actions, harm, queries, rules, severity
from clearlines.hotspots.models import SeverityTable
from clearlines.hotspots.police_uk import NotWhatItSays
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, THERE, TOY
from clearlines.ledger.models import Entry

ABOUT = {"name": "Toy index", "edition": "2", "source": "invented", "licence": "none", "unit": "days"}


@pytest.mark.parametrize(
    "words",
    [
        TOY,
        "Weight (days),Offence type,Note\n20,Burglary,x\n365,Robbery,\n3,Drugs,\n",
        "\n CRIME TYPE , Harm Score\n\n Burglary ,20\nRobbery,365.0\nDrugs,3\n",
        'Category,Severity\n"Burglary","20"\nRobbery,"365"\nDrugs,3',
    ],
)
def test_columns_are_known_by_common_names_wherever_they_stand(words):
    assert severity.read(words, "toy.csv").weights == {"Burglary": 20, "Robbery": 365, "Drugs": 3}


def test_thousands_may_have_a_comma_and_other_columns_are_named_as_not_read():
    found = severity.read('crime_type,code,weight\nMurder,1,"7,979"\n', "toy.csv")
    assert (found.weights, found.not_read) == ({"Murder": 7979}, ("code",))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "toy.csv is empty"),
        ("Burglary,20\n", "no column crime_type"),
        ("crime_type,points\nBurglary,20\n", "no column weight"),
        ("crime_type,weight\n", "has 0 rows below its heading"),
        ("crime_type,weight\n" + "Burglary,1\n" * 5000, "has 5000 rows"),
        ("crime_type,weight\nBurglary,-1\n", "row 2: the weight of Burglary cannot be -1"),
        ("crime_type,weight\nBurglary,9999999999\n", "cannot be 9999999999"),
        ("crime_type,weight\nBurglary,many\n", "row 2: the weight of Burglary is not a number: many"),
        ("crime_type,weight\nBurglary,nan\n", "is not a number: nan"),
        ("crime_type,weight\nBurglary,1e5\n", "is not a number: 1e5"),
        ("crime_type,weight\nBurglary\n", "is not a number: empty"),
        ("crime_type,weight\n,20\n", "row 2: there is no type of crime"),
        ("weight,crime_type\n20\n", "row 2: there is no type of crime"),
        ("crime_type,weight\nBurglary,20\nBURGLARY ,30\n", "row 3: BURGLARY has a weight already"),
        ("crime_type,weight\nBurglary,0\n", "no weight above nought"),
        ('crime_type,weight\n"Burglary,20\n', "does not end"),
    ],
)
def test_a_table_that_is_none_is_refused_with_one_sentence(words, sentence):
    with pytest.raises(NotWhatItSays, match=sentence):
        severity.read(words, "toy.csv")


def test_a_file_that_is_too_large_or_not_text_is_refused(tmp_path):
    (tmp_path / "large.csv").write_bytes(b"x" * (severity.LARGEST_FILE + 1))
    (tmp_path / "old.csv").write_bytes("type,weight\nVol à main armée,3".encode("cp1252"))
    for name, sentence in {"large.csv": "larger than 1 MB", "old.csv": "CSV in UTF-8"}.items():
        with pytest.raises(NotWhatItSays, match=sentence):
            severity.read_file(tmp_path / name)


def test_what_must_be_said_of_a_table():
    assert list(rules.reasons_not_to_load_severity(ABOUT, editions=["1"])) == []
    assert list(rules.reasons_not_to_load_severity(ABOUT, editions=["2"])) == [
        "the edition 2 of Toy index is there already: give a newer table its own edition"
    ]
    said = ABOUT | {"licence": "", "unit": "x" * 61}
    assert list(rules.reasons_not_to_load_severity(said, editions=[])) == [
        "say what the licence of the table is",
        "the unit of the table is longer than 60 characters",
    ]


@pytest.mark.django_db
def test_another_edition_stands_beside_the_first_and_none_is_changed(cast):
    first = build.severity_table(cast.analyst)
    second = build.severity_table(cast.analyst, words=TOY.replace("365", "400"), edition=" 2 ")
    with pytest.raises(Refused, match="there already"):
        build.severity_table(cast.analyst)
    assert {str(each) for each in queries.severity_tables(cast.analyst)} == {"Toy index, 1", "Toy index, 2"}
    assert (first.weights["Robbery"], second.weights["Robbery"]) == (365, 400)
    assert SeverityTable.objects.get(pk=first.pk).sha256 != second.sha256
    assert Entry.objects.filter(event="hotspots.severity_loaded").count() == 2


@pytest.mark.django_db
def test_two_presses_of_the_button_load_one_table(cast):
    key = "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a13"
    table = severity.read(TOY, "toy.csv")
    made = [actions.load_severity(by=cast.analyst, about=ABOUT, table=table, new_id=key) for _ in range(2)]
    assert len({str(each.pk) for each in made}) == SeverityTable.objects.count() == 1


@pytest.mark.django_db
def test_only_who_may_load_incidents_loads_weights_and_others_of_another_house_see_none(cast):
    with pytest.raises(Forbidden):
        build.severity_table(cast.sergeant)
    build.severity_table(cast.analyst)
    assert queries.severity_tables(cast.sergeant).count() == 1
    assert queries.severity_tables(cast.evaluator).count() == 0
    assert queries.severity_tables(cast.worker).count() == 0


@pytest.mark.django_db
def test_count_and_harm_of_each_area_stand_side_by_side(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30, 7), m2022_03=(10, 5))
    table = build.severity_table(cast.analyst)
    found = queries.harm_by_area(cast.analyst, kind="lsoa", table=table, first="2022-02", last="2022-03")
    assert [(each.name, each.count, each.harm.harm) for each in found.areas] == [
        (THERE[1], 35, 700),
        (HERE[1], 30, 600),
    ]
    # Drugs are not among them, weight or none.
    assert (found.unit, found.left_out) == ("days", {})
    assert found.sentence == "Harm by Toy index, 1, as its user loaded it: unverified."
    only = queries.harm_by_area(cast.analyst, kind="lsoa", table=table, first="2022-03", last="2022-03")
    assert [each.count for each in only.areas] == [10, 5]


@pytest.mark.django_db
def test_the_page_of_a_table_shows_count_beside_harm(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    table = build.severity_table(cast.analyst)
    page = as_("analyst").get(f"/hotspots/severity/{table.pk}/").content.decode()
    assert "Count and harm beside each other, February 2022" in page
    beside = queries.latest_harm(cast.analyst, table)
    assert beside is not None
    assert all(each.name in page for each in beside[1].areas)
    assert beside[1].sentence in page


@pytest.mark.django_db
def test_with_no_month_loaded_a_table_is_shown_without_harm(cast, as_):
    table = build.severity_table(cast.analyst)
    assert queries.latest_harm(cast.analyst, table) is None
    assert "Count and harm" not in as_("analyst").get(f"/hotspots/severity/{table.pk}/").content.decode()


@pytest.mark.django_db
def test_a_type_without_a_weight_is_counted_and_named(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    table = build.severity_table(cast.analyst, words="type,weight\nRobbery,365\n")
    found = queries.harm_by_area(cast.analyst, kind="lsoa", table=table, first="2022-02", last="2022-02")
    assert [(each.count, each.harm.harm) for each in found.areas] == [(30, 0), (20, 0)]
    assert "in the count and not in the harm: Burglary 50" in found.sentence


@pytest.mark.django_db
def test_another_organisations_table_weighs_nothing(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    table = build.severity_table(cast.analyst)
    asked = {"kind": "lsoa", "table": table, "first": "2022-02", "last": "2022-02"}
    assert queries.harm_by_area(cast.evaluator, **asked).areas == ()


def test_types_that_victims_never_report_are_told():
    table = SeverityTable(weights={"Burglary": 20, "Drugs": 3.5, "Murder": 9000})
    assert harm.never_used(table) == ["Drugs", "Murder"]
    assert harm.heaviest_first(table) == [("Murder", "9,000"), ("Burglary", "20"), ("Drugs", "3.5")]


def form(words=TOY, **more):
    return ABOUT | {"new_id": "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a14"} | more | {
        "sheet": SimpleUploadedFile("toy.csv", words.encode())
    }  # fmt: skip


@pytest.mark.django_db
def test_a_table_is_loaded_on_a_page_and_read_back_heaviest_first(as_):
    response = as_("analyst").post("/hotspots/severity/load/", form(), follow=True)
    page = response.content.decode()
    assert response.redirect_chain
    assert page.index("Robbery") < page.index("Burglary</th>")
    assert "Unverified" in page
    assert "1 of 3 types are not used here" in page
    listed = as_("sergeant").get("/hotspots/severity/").content.decode()
    assert "Toy index, 2" in listed
    assert "Load a table" not in listed
    assert "/hotspots/severity/" in as_("analyst").get("/hotspots/files/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "crime_type,weight\nBurglary,-1\n"}, "The file, row 2: the weight of Burglary cannot be -1."),
        ({"words": "a,b\n1,2\n"}, "The file has no column crime_type: its first row must name the columns."),
        ({"name": ""}, "Enter name of the table"),
        ({"unit": "x" * 61}, "Shorten"),
    ],
)
def test_a_table_that_cannot_be_loaded_is_said_on_the_form(as_, sent, sentence):
    page = as_("analyst").post("/hotspots/severity/load/", form(**sent)).content.decode()
    assert sentence in page
    assert not SeverityTable.objects.exists()


@pytest.mark.django_db
def test_an_edition_that_is_there_is_refused_on_the_form(cast, as_):
    build.severity_table(cast.analyst, edition="2")
    assert "is there already" in as_("analyst").post("/hotspots/severity/load/", form()).content.decode()


@pytest.mark.django_db
def test_without_a_table_the_page_says_who_loads_one(as_):
    assert "No table is loaded yet" in as_("analyst").get("/hotspots/severity/").content.decode()
    assert "An analyst loads one" in as_("sergeant").get("/hotspots/severity/").content.decode()


def on_console(capsys, path, *more):
    words = [f"--{name}={value}" for name, value in ABOUT.items()]
    code = main(["import", "severity", str(path), *words, *more, "--as", "analyst", "--json"])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.django_db
def test_a_table_is_loaded_at_the_console(cast, tmp_path, capsys):
    path = tmp_path / "toy.csv"
    path.write_text(TOY.replace("weight\n", "weight,code\n"))
    code, said, _ = on_console(capsys, path)
    answer = json.loads(said)
    assert code == 0
    assert (answer["name"], answer["edition"], answer["weights"], answer["columns_not_read"]) == (
        "Toy index", "2", 3, ["code"],
    )  # fmt: skip
    code, said, wrong = on_console(capsys, path)
    assert (code, said) == (2, "")
    assert "is there already" in wrong


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "more", "sentence"),
    [
        ("x,weight\n1,2", (), "no column crime_type"),
        (TOY, ("--edition=" + "x" * 41,), "longer than 40 characters"),
        (TOY, ("--licence= ",), "say what the licence"),
    ],
)
def test_the_console_says_in_a_sentence_why_nothing_was_loaded(cast, tmp_path, capsys, words, more, sentence):
    path = tmp_path / "toy.csv"
    path.write_text(words)
    code, said, wrong = on_console(capsys, path, *more)
    assert (code, said) == (2, "")
    assert sentence.casefold() in wrong.casefold()
    assert wrong.count("\n") == 1
    assert not SeverityTable.objects.exists()
