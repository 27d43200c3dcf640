"""What may be done, each in a sentence. Who may do it is in roles.py."""

from enum import StrEnum


class Permission(StrEnum):
    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    MAKE_REPORT = "reports.make", "tell the police what they saw, without giving a name"
    SEE_REPORTS = "reports.see", "read reports from the public and partners, as they came in"
    TRIAGE_REPORTS = "triage.decide", "join a report to a line, place or person, and decide what happens"
    GRADE_REPORTS = "triage.grade", "grade information on the 3x5x2 scheme"
    SEE_SOURCES = "sources.see", "know who gave a report, and reach them safely"
    AGREE_RELEASES = (
        "sources.agree",
        "decide, with one other person, whether the name of whoever gave a report is released",
    )
    SEE_LINES = "lines.see", "see the line register and its history"
    KEEP_LINES = "lines.keep", "register a line, its numbers and its status"
    RECORD_DISRUPTIONS = (
        "disruptions.record",
        "record what was done to a line, a group or a place, and propose its level",
    )
    MODERATE_DISRUPTIONS = "disruptions.moderate", "decide the level of a disruption that a colleague proposed"
    ANALYSE_NETWORKS = (
        "networks.analyse",
        "see how those who control lines stand to each other, and what removal would do",
    )
    TELL_AFTERCARE = "aftercare.tell", "tell the charity that a line has closed: an area and a window of time, no more"
    SEE_AFTERCARE = "aftercare.see", "see where a line has closed in the last days, and look after people there"
    RECORD_HARM = "aftercare.record", "record what happened to people in the days after a line closed"
    SEE_EVERY_HARM = (
        "aftercare.see_every",
        "see everything their organisation saw after a closure, not only what is about their own people",
    )
    SEE_NATIONAL_REFERRALS = "safeguarding.see", "see where a person's national referral stands"
    KEEP_NATIONAL_REFERRALS = (
        "safeguarding.keep",
        "record a national referral that a first responder made, and what was decided",
    )
    SEE_PLACES = "places.see", "see addresses and areas their own organisation holds"
    KEEP_PLACES = "places.keep", "add and correct addresses"
    SEE_PEOPLE = "people.see", "see who their own organisation has dealt with"
    KEEP_PEOPLE = "people.keep", "add a person, correct their details, say that two records are the same"
    SEND_REFERRALS = "referrals.send", "write a letter to another organisation about someone who needs help"
    SEE_SENT_REFERRALS = "referrals.see_sent", "see what became of the letters their organisation sent"
    SEE_EVERY_SENT_REFERRAL = "referrals.see_every_sent", "see letters that their colleagues sent, not only their own"
    SEE_RECEIVED_REFERRALS = "referrals.see_received", "read the letters their organisation received"
    ANSWER_REFERRALS = "referrals.answer", "acknowledge, accept, redirect or decline a letter"
    SEE_SCREENINGS = "screening.see", "read a screening and its reasons"
    SCREEN = "screening.answer", "ask the screening questions and set the band"
    SEE_VISITS = "visits.see", "see their own organisation's appointments and accounts of visits"
    PLAN_VISITS = "visits.plan", "arrange a visit, and offer or accept a joint one"
    RECORD_VISITS = "visits.record", "write their own organisation's account of a visit"
    SUPERVISE_VISITS = "visits.supervise", "decide what is tried after three visits without an answer"
    SEE_CARE = "care.see", "read the plans of people on the charity's caseload"
    KEEP_CARE = "care.keep", "agree plans, goals and reviews with a person, and record outcomes"
    SEE_WHOLE_CASELOAD = (
        "care.see_whole",
        "see every letter, screening and case of the organisation, not only their own people's",
    )
    SEE_OWN_PLAN = "care.see_own", "read their own plan"
    SEE_HOTSPOTS = "hotspots.see", "see counts of recorded incidents by area and month"
    IMPORT_INCIDENTS = "hotspots.import", "load monthly files of recorded incidents, and boundaries"
    LOAD_CALLS = (
        "calls.load",
        "load a control room's extract of calls, and say which logs police made themselves",
    )
    FIX_HOTSPOTS = "hotspots.fix", "fix a set of hotspots, which then never changes"
    SEE_EVALUATIONS = "evaluation.see", "see comparisons before and after, with their uncertainty"
    RUN_EVALUATIONS = "evaluation.run", "run a comparison and keep its result"
    REGISTER_PROTOCOLS = (
        "evaluation.register",
        "write down what will be measured, where, when and how, before it is",
    )
    SEE_RETURNS = "returns.see", "read returns while they are being prepared"
    PREPARE_RETURNS = "returns.prepare", "prepare the quarterly return"
    APPROVE_RETURNS = "returns.approve", "approve a return that somebody else prepared"
    SEE_SENT_RETURNS = "returns.see_sent", "read returns sent to the commissioner: totals only"
    READ_LEDGER = "ledger.read", "see who in their own organisation looked at or changed a record"
    SIGN_OFF_LOOKS = "looks.sign_off", "say whether a look by somebody they supervise was part of their work"
    SAY_OWN_STREET = "looks.own_street", "say which street they live in, so that looks at neighbours are noticed"
    VERIFY_LEDGER = "ledger.verify", "check that the ledger's chain is whole"
    RUN_SYSTEM = "system.run", "run timed rules and back-ups; opens no record"
    OPEN_IN_AN_EMERGENCY = "openings.open", "open one person of their own organisation in an emergency, for a few hours"
    REVIEW_OPENINGS = (
        "openings.review",
        "judge within a day whether somebody was right to open a record in an emergency",
    )
    KEEP_AWAY = "conflicts.declare", "say that they must see nothing of somebody they know"
    KEEP_COLLEAGUES_AWAY = "conflicts.decide", "decide that a colleague sees nothing of somebody"
    SEE_CONFLICTS = "conflicts.see", "see whom a colleague has said they must be kept away from"
    TELL = "sharing.tell", "tell another organisation exact words about somebody, and take them back"
    DECIDE_DISCLOSURES = (
        "sharing.decide",
        "decide what is told where no agreement covers it, and answer requests for information",
    )
    READ_TOLD = "sharing.read", "read what another organisation told theirs, while it may be read"
    REVIEW_DISCLOSURES = (
        "sharing.review",
        "judge within a day what a colleague told in an emergency, and tell who was told of the wrong person",
    )
    SEE_REGISTER = "sharing.register", "see what was told to whom, in and out, and what is due to be looked at again"
    ASK_MATCHING = "sharing.ask", "ask the matching role whether somebody is known to another organisation"
    MATCH_ACROSS = "sharing.match", "look in their own register for somebody another organisation asks about"
    SEE_POINTERS = "sharing.pointers", "be told whom to ring about somebody a colleague asked about"
    ASK_FOR_INFORMATION = "sharing.request", "ask for information about a victim, by a written request"
    LOOK_AFTER_STAFF = (
        "staff.look_after",
        "give and end roles in their own organisation, set clearances, put people on duty, and hand work on",
    )
    MANAGE_ACCOUNTS = "accounts.manage", "open and close accounts; opens no record"
