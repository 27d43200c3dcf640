"""Who may do what. A role is a name, a paragraph on who should hold it, where it may be held, and its permissions.

Source: domain.md 1.3. A permission opens a room's door; the room's own query decides which rows are behind it.
"""

from dataclasses import dataclass

from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    who: str
    held_in: frozenset[str]
    permissions: frozenset[P]
    markings: frozenset[Marking] = frozenset({Marking.OFFICIAL, Marking.SENSITIVE})


POLICE, CHARITY, COMMISSIONER, HOST = "police", "charity", "commissioner", "host"
PARTNERS = frozenset({"probation", "food_club", "housing", "health", "school", "council", "treatment"})
EVERYWHERE = PARTNERS | {POLICE, CHARITY, COMMISSIONER, HOST, "university"}

REGISTERS = {P.SEE_PLACES, P.KEEP_PLACES, P.SEE_PEOPLE, P.KEEP_PEOPLE}
FIGURES = {P.SEE_HOTSPOTS, P.SEE_EVALUATIONS}
EVALUATING = {P.FIX_HOTSPOTS, P.REGISTER_PROTOCOLS, P.RUN_EVALUATIONS}
LETTERS_OUT = {P.SEND_REFERRALS, P.SEE_SENT_REFERRALS}
AFTERWARDS = {P.SEE_AFTERCARE, P.RECORD_HARM}
NATIONAL_REFERRALS = {P.SEE_NATIONAL_REFERRALS, P.KEEP_NATIONAL_REFERRALS}
TELLING = {P.TELL, P.ASK_MATCHING}
DECIDING = {P.TELL, P.DECIDE_DISCLOSURES, P.READ_TOLD, P.SEE_REGISTER}

# Whoever has an account at all.
EVERYBODY = frozenset({P.KEEP_AWAY, P.SAY_OWN_STREET})


def role(key: str, name: str, who: str, held_in: set[str] | frozenset[str], *permissions: P, **more) -> Role:
    return Role(key, name, who, frozenset(held_in), frozenset(permissions) | EVERYBODY, **more)


ROLES = {
    each.key: each
    for each in [
        role("manager", "Programme manager",
             "The detective sergeant or inspector who runs the police side and answers for its figures.",
             {POLICE}, P.SEE_REPORTS, P.TRIAGE_REPORTS, P.AGREE_RELEASES, P.SEE_LINES, P.KEEP_LINES, *REGISTERS,
             P.RECORD_DISRUPTIONS, P.MODERATE_DISRUPTIONS, P.TELL_AFTERCARE, *AFTERWARDS, P.SEE_EVERY_HARM,
             *NATIONAL_REFERRALS, *LETTERS_OUT, P.SIGN_OFF_LOOKS,
             P.SEE_EVERY_SENT_REFERRAL, P.SEE_VISITS, P.PLAN_VISITS, P.RECORD_VISITS, P.SUPERVISE_VISITS,
             *FIGURES, *EVALUATING,
             P.SEE_RETURNS, P.APPROVE_RETURNS, P.REVIEW_OPENINGS, P.LOOK_AFTER_STAFF,
             P.KEEP_COLLEAGUES_AWAY,
             *DECIDING, P.ASK_MATCHING, P.ASK_FOR_INFORMATION),
        role("visit_officer", "Visit officer",
             "A constable or PCSO who goes to people's doors, alone or with the charity.",
             {POLICE}, P.SEE_REPORTS, P.SEE_LINES, *REGISTERS, *LETTERS_OUT, P.RECORD_DISRUPTIONS, *AFTERWARDS,
             *NATIONAL_REFERRALS,
             P.SEE_VISITS, P.PLAN_VISITS, P.RECORD_VISITS, P.SEE_HOTSPOTS, P.OPEN_IN_AN_EMERGENCY, *TELLING),
        role("analyst", "Intelligence analyst",
             "Somebody in the force intelligence unit who grades, links and keeps the line register.",
             {POLICE}, P.SEE_REPORTS, P.TRIAGE_REPORTS, P.GRADE_REPORTS, P.SEE_LINES, P.KEEP_LINES, *REGISTERS,
             P.RECORD_DISRUPTIONS, P.MODERATE_DISRUPTIONS, P.ANALYSE_NETWORKS, P.TELL_AFTERCARE, *AFTERWARDS,
             P.SEE_EVERY_HARM, *NATIONAL_REFERRALS, *FIGURES, P.IMPORT_INCIDENTS, P.LOAD_CALLS, *EVALUATING,
             P.SEE_RETURNS, P.PREPARE_RETURNS),
        role("custodian", "Source custodian",
             "The one person who may know who gave a piece of information, and nothing else.",
             {POLICE}, P.SEE_REPORTS, P.SEE_SOURCES, P.AGREE_RELEASES, markings=frozenset(Marking)),
        role("project_lead", "Project lead",
             "The person with lived experience who leads the charity's side and answers for its work.",
             {CHARITY}, *REGISTERS, P.SEE_RECEIVED_REFERRALS, P.ANSWER_REFERRALS, *LETTERS_OUT, P.SIGN_OFF_LOOKS,
             *AFTERWARDS, P.SEE_EVERY_HARM,
             P.SEE_SCREENINGS, P.SCREEN, P.SEE_VISITS, P.PLAN_VISITS, P.RECORD_VISITS, P.SUPERVISE_VISITS,
             P.SEE_CARE, P.KEEP_CARE, P.SEE_WHOLE_CASELOAD, P.SEE_EVERY_SENT_REFERRAL, P.REVIEW_OPENINGS,
             *FIGURES, P.SEE_RETURNS, P.APPROVE_RETURNS, P.PREPARE_RETURNS, *DECIDING, P.ASK_MATCHING,
             P.LOOK_AFTER_STAFF, P.KEEP_COLLEAGUES_AWAY),
        role("recovery_worker", "Recovery worker",
             "A worker or peer mentor who stands beside people until they are safe.",
             {CHARITY}, *REGISTERS, P.SEE_RECEIVED_REFERRALS, P.ANSWER_REFERRALS, P.SEE_SCREENINGS, P.SCREEN,
             P.SEE_VISITS, P.PLAN_VISITS, P.RECORD_VISITS, P.SEE_CARE, P.KEEP_CARE, P.OPEN_IN_AN_EMERGENCY, *TELLING,
             *AFTERWARDS),
        role("volunteer", "Volunteer",
             "Somebody who helps at groups; sees nothing but their own task list.",
             {CHARITY}),
        role("referrer", "Referrer",
             "A probation practitioner, food-club lead, housing officer or school lead who refers people.",
             PARTNERS, *LETTERS_OUT, P.SEE_PEOPLE, P.KEEP_PEOPLE, P.SIGN_OFF_LOOKS),
        role("safeguarding_lead", "Safeguarding lead",
             "The named person in each organisation who decides on children and adults at risk.",
             {POLICE, CHARITY} | PARTNERS, P.SEE_PEOPLE, *DECIDING, P.REVIEW_DISCLOSURES, P.SEE_POINTERS,
             *NATIONAL_REFERRALS),
        role("matching_role", "Matching role",
             "The one named person on each side who looks in their own register for somebody another side asks about.",
             {POLICE, CHARITY}, P.SEE_PEOPLE, P.MATCH_ACROSS),
        role("information_manager", "Information manager",
             "The data protection officer of one controller; checks who looked, not what they saw.",
             EVERYWHERE - {HOST}, P.READ_LEDGER, P.VERIFY_LEDGER, P.SIGN_OFF_LOOKS, P.REVIEW_OPENINGS, P.SEE_CONFLICTS,
             P.REVIEW_DISCLOSURES, P.SEE_REGISTER),
        role("performance_officer", "Performance officer",
             "The commissioner's officer, who reads totals and never a person.",
             {COMMISSIONER}, P.SEE_SENT_RETURNS, *FIGURES),
        role("evaluator", "Evaluator",
             "A researcher who works on pseudonymised extracts and never sees a name.",
             {"university"}, *FIGURES, *EVALUATING),
        role("staff_manager", "Staff manager",
             "Whoever says, in a partner organisation, which of their colleagues may do what; opens no record.",
             PARTNERS | {COMMISSIONER, "university"}, P.LOOK_AFTER_STAFF, markings=frozenset()),
        role("administrator", "System administrator",
             "Runs accounts, back-ups and timed rules; opens no case.",
             {HOST}, P.MANAGE_ACCOUNTS, P.RUN_SYSTEM, P.VERIFY_LEDGER, markings=frozenset()),
        role("supported_person", "Person supported",
             "Somebody the charity stands beside, reading their own plan.",
             {CHARITY}, P.SEE_OWN_PLAN),
    ]
}  # fmt: skip

# What anybody may do without signing in.
THE_PUBLIC = frozenset({P.MAKE_REPORT})
