"""The letter: police write, the charity answers; the wall between them stays whole."""

from playwright.sync_api import expect

from clearlines.people.tests.build import person as a_person
from clearlines.referrals.models import Received, Sent
from tests.cast import TODAY


def test_police_write_a_letter_and_the_charity_takes_the_person_on(open_page, cast, sign_in, axe, fits, shot):
    robin = a_person(cast.sergeant, phone="07700 900123", born_on=TODAY.replace(year=1982))
    police, charity = sign_in(open_page(), cast.account("sergeant")), sign_in(open_page(360), cast.account("worker"))
    write_and_send(police, robin, axe, fits, shot)
    letter = Received.objects.get(letter_number=Sent.objects.get().letter_number)
    acknowledge_and_accept(charity, axe, fits, shot)
    put_right(charity, letter)
    letter.refresh_from_db()
    assert letter.person.owner_id == "charity" and letter.person != robin

    # The police are told who has it, and nothing of what was decided.
    police.reload()
    expect(police.locator("main")).to_contain_text("A worker has been named: Amy Postle")
    expect(police.locator("main")).not_to_contain_text("wrong Robin")
    expect(police.locator("main")).not_to_contain_text("Accepted")
    police.goto(f"/referrals/{letter.pk}/")
    expect(police.get_by_role("heading", level=1)).to_have_text("You cannot open this page")


def write_and_send(police, robin, axe, fits, shot):
    """It begins with what the police hold. What they believe is refused, and nothing typed is lost."""
    police.goto(f"/referrals/new/?person={robin.pk}")
    expect(police.get_by_label("What is their name?")).to_have_value("Robin Ferris")
    police.get_by_label("What worries you?").fill("Suspected of holding for a line. People come and go at all hours.")
    choose(police, "How soon should somebody go?", "This week")
    choose(police, "children at home", "No")
    choose(police, "Do they know", "Yes, and they want help")
    shot(police, "letter-write-1280")
    axe(police)
    fits(police)
    police.get_by_role("button", name="See what they will see").click()
    expect(police.get_by_role("alert")).to_contain_text("Take out 'Suspected'")
    assert not Sent.objects.exists()
    police.get_by_label("What worries you?").fill("People he does not know come and go at all hours, and he is afraid.")
    police.get_by_role("button", name="See what they will see").click()
    expect(police.get_by_role("heading", level=1)).to_have_text("They will see this and nothing else")
    expect(police.locator("main")).to_contain_text("Police to the recovery charity")
    shot(police, "letter-preview-1280")
    axe(police)
    police.get_by_role("button", name="Send this letter").click()
    expect(police.locator("main")).to_contain_text("Your letter has been sent")


def acknowledge_and_accept(charity, axe, fits, shot):
    """The charity cannot accept before it has said who has it."""
    charity.goto("/referrals/")
    charity.get_by_role("link", name="Robin Ferris").click()
    expect(charity.locator("main")).to_contain_text("Acknowledge it and name a worker first")
    shot(charity, "letter-received-360")
    axe(charity)
    fits(charity)
    charity.get_by_role("button", name="Acknowledge and name a worker").click()
    charity.get_by_label("Amy Postle").check()
    charity.get_by_role("button", name="Acknowledge").click()
    charity.get_by_role("button", name="Accept").click()
    shot(charity, "letter-accept-360")
    charity.get_by_role("button", name="Accept").click()
    expect(charity.get_by_role("heading", level=2, name="Accepted")).to_be_visible()


def put_right(charity, letter):
    """It was accepted by mistake, and then rightly."""
    charity.get_by_role("button", name="Take this answer back").click()
    charity.get_by_label("What was wrong with the answer?").fill("It was the wrong Robin")
    charity.get_by_role("button", name="Take it back").click()
    expect(charity.locator("main")).to_contain_text("The answer was taken back")
    letter.refresh_from_db()
    assert letter.person is None
    charity.get_by_role("button", name="Accept").click()
    charity.get_by_label("No, or I am not sure").check()
    charity.get_by_role("button", name="Accept").click()
    expect(charity.get_by_role("heading", level=2, name="Accepted")).to_be_visible()


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_s11_a_food_club_writes_on_a_phone_in_eight_questions_and_the_police_see_nothing(
    phone, open_page, cast, sign_in, axe, fits, shot
):
    club = sign_in(phone, cast.account("food.club"))
    club.goto("/referrals/new/")
    assert club.locator("main form").locator("input[type=text], textarea, fieldset").count() == 8
    for never in ("birth", "offence", "crime", "convict"):
        expect(club.locator("main")).not_to_contain_text(never)
    shot(club, "letter-food-club-360")
    axe(club)
    fits(club)
    club.get_by_label("What is their name?").fill("Kit")
    club.get_by_label("About how old are they?").fill("15 or 16")
    club.get_by_label("Somebody speaks for them, or waits for them").check()
    club.get_by_label("What worries you?").fill("New trainers, and an older lad outside.")
    club.get_by_label("How can we reach them safely?").fill("Here, on a Tuesday")
    choose(club, "children at home", "I do not know")
    choose(club, "Do they know", "No, I have not told them")
    club.get_by_role("button", name="See what they will see").click()
    expect(club.get_by_role("region", name="A child may be at risk")).to_contain_text("Ring the Safeguarding Hub")
    expect(club.locator("main")).to_contain_text("Somebody speaks for them, or waits for them.")
    shot(club, "letter-child-360")
    fits(club)
    club.get_by_role("button", name="Send this letter").click()
    letter = Received.objects.get()
    expect(club.locator("main")).to_contain_text(f"Its number is {letter.letter_number}")
    assert (letter.source, letter.owner_id) == ("food_club", "charity")

    police = sign_in(open_page(), cast.account("sergeant"))
    police.goto("/referrals/sent/")
    expect(police.locator("main")).not_to_contain_text("Kit")
    police.goto(f"/referrals/{letter.pk}/")
    expect(police.get_by_role("heading", level=1)).to_have_text("You cannot open this page")


def test_an_agreement_that_ended_sends_nothing_and_says_which(page, cast, sign_in, shot):
    surgery = sign_in(page, cast.account("surgery"))
    surgery.goto("/referrals/new/")
    expect(surgery.locator("main")).to_contain_text(
        "'Health services to the recovery charity' ended on 31 January 2023"
    )
    expect(surgery.get_by_role("button", name="See what they will see")).to_have_count(0)
    shot(surgery, "letter-expired-1280")
