"""The labels of the rule book and of paper, in Dutch and English. Running texts of the book are content, not here."""

from __future__ import annotations

from datetime import date
from typing import Final

from schakel.vocabulary.texts import Text, text

_ROWS: Final = (
    # what stands beside a duty
    ("when", "Wanneer", "When"),
    ("term", "Termijn", "Term"),
    ("how", "Hoe", "How"),
    ("source", "Bron", "Source"),
    ("sources", "Bronnen", "Sources"),
    ("contact", "Contact", "Contact"),
    ("who", "Wie", "Who"),
    ("what", "Wat", "What"),
    ("phase", "Fase", "Phase"),
    ("do", "Doen", "Do"),
    ("do_not", "Niet doen", "Do not"),
    ("say", "Zeg", "Say"),
    ("starts_at", "Begint bij: {event}.", "Starts at: {event}."),
    ("urgent", "meteen", "at once"),
    ("unread", "tekst niet gelezen", "text not read"),
    ("precaution", "voorzorg", "precaution"),
    ("by_day_of", "naar de dag van {event}", "by the day of {event}"),
    ("see_rule", "De hele regel", "The whole rule"),
    ("see_task", "Zo voert u dit uit", "How to carry it out"),
    ("applies_if", "Geldt als", "Applies if"),
    ("always", "altijd", "always"),
    ("all_of", "dit samen:", "all of these:"),
    ("one_of", "een van deze:", "one of these:"),
    ("not", "niet: {phrase}", "not: {phrase}"),
    ("is_one_of", "{fact}: {values}", "{fact}: {values}"),
    ("is_none_of", "{fact}, niet: {values}", "{fact}, not: {values}"),
    ("meets", "Doel", "Goal"),
    ("after", "Komt na", "Comes after"),
    ("overrides", "Gaat voor", "Sets aside"),
    ("replaces", "Heette eerder", "Was called"),
    ("holder", "Wie", "Who"),
    ("why", "Waarom", "Why"),
    ("open_terms", "Over te laten aan anderen", "Left to others"),
    ("untranslatable", "Zegt de tekst, niet de rekenregel", "Said by the text, not by the rule"),
    ("from_to", "van {first} tot en met {last}", "from {first} to {last}"),
    ("from", "vanaf {first}", "from {first}"),
    ("until", "tot en met {last}", "until {last}"),
    ("all_time", "zolang de inhoud teruggaat", "as far back as the content goes"),
    # people and organisations
    ("finder", "Wie in contact is met de persoon", "Whoever is in contact with the person"),
    ("anyone", "Iedereen", "Everybody"),
    ("person", "De persoon zelf", "The person"),
    ("you", "u", "you"),
    ("reach", "Te bereiken", "Reached"),
    ("powers", "Mag", "Has the power to"),
    ("limits", "Grens: {limits}", "Limit: {limits}"),
    ("exists", "Bestaat", "Exists"),
    ("night", "Buiten kantoortijd: {name}.", "Outside office hours: {name}."),
    ("no_duty", "Op deze datum heeft deze organisatie in dit boek geen eigen plicht.",
     "On this date this organisation has no duty of its own in this book."),
    ("hours:always", "dag en nacht", "day and night"),
    ("hours:office", "kantoortijd", "office hours"),
    ("hours:unknown", "tijden niet bekend", "hours not known"),
    ("phone", "Telefoon", "Telephone"),
    ("hours", "Tijden", "Hours"),
    ("for", "Waarvoor", "For what"),
    ("numbers", "Nummers en tijden", "Numbers and hours"),
    ("first_words", "Eerste woorden", "First words"),
    ("whom_to_call", "Wie belt u?", "Whom do you call?"),
    ("no_number", "geen nummer bekend", "no number known"),
    ("your_first_duties", "Dit geldt zodra er één signaal is", "This applies as soon as there is one sign"),
    ("second_page", "het eerste signaal", "the first sign"),
    ("call_112", "Acuut gevaar: bel 112.", "Acute danger: call 112."),
    # situations and plans
    ("applies", "Geldt", "Applies"),
    ("may_apply", "Kan gelden", "May apply"),
    ("hangs_on", "Hangt af van", "Depends on"),
    ("and_lesser", "En {n} die horen of mogen.", "And {n} that should or may be done."),
    ("nothing", "Er geldt niets, en er is niets te vragen.", "Nothing applies, and there is nothing to ask."),
    ("known_gap", "Hier laat het recht een gat", "Here the law leaves a gap"),
    ("rights_here", "Rechten om te vertellen", "Rights to tell"),
    ("rights_yours", "Uw rechten", "Your rights"),
    ("rights_maybe", "Daarnaast kunnen {n} rechten gelden; zie \"Rechten in gewone woorden\".",
     "{n} more rights may hold; see \"Rights in plain words\"."),
    ("may_apply_how", "Links het eerste feit waarvan het afhangt; rechts wat dan moet.",
     "On the left the first fact that it hangs on; on the right what must then be done."),
    ("example_for", "Voor {names}", "For {names}"),
    # sheets of paper: neutral words only in titles
    ("plan_title", "Stappen en afspraken", "Steps and arrangements"),
    ("plan_one", "Overzicht", "Overview"),
    ("you_do", "Wat u doet", "What you do"),
    ("others_do", "Wat anderen doen", "What others do"),
    ("others_caption", "Wie wat doet. Vraag ernaar als het uitblijft.",
     "Who does what. Ask about it when it does not come."),
    ("by_day", "uiterlijk {day}", "by {day}"),
    ("ask_next", "Vraag hierna", "Ask next"),
    ("use_card", "Lees ze voor met de eerste kaart, met een tolk.",
     "Read them aloud with the first card, with an interpreter."),
    ("may_others", "En {n} van anderen.", "And {n} of others."),
    ("card_title", "Eerste kaart", "First card"),
    ("interpreter_first", "Regel eerst een tolk. Lees dit daarna samen met de tolk voor.",
     "Get an interpreter first. Then read this aloud together with the interpreter."),
    ("rights_card", "Dit zijn uw rechten", "These are your rights"),
    ("card_caption", "Links om te laten lezen, rechts wat er staat", "On the left to show, on the right what it says"),
    ("no_translation", "Geen vertaling: laat de tolk dit zeggen.", "No translation: have the interpreter say this."),
    # rights
    ("for_whom", "Voor wie", "For whom"),
    ("told_by", "Wie vertelt dit", "Who tells this"),
    ("in_language", "In het {language}", "In {language}"),
    ("unchecked", "Deze vertaling heeft niemand gecontroleerd. Regel een tolk.",
     "Nobody has checked this translation. Get an interpreter."),
    ("checked", "Deze vertaling is gecontroleerd.", "This translation was checked."),
    # deadlines
    ("at_once_title", "Meteen, zonder termijn in uren of dagen", "At once, without a term in hours or days"),
    ("with_term", "Met een termijn", "With a term"),
    ("kind_of_term", "Soort en zekerheid", "Kind and certainty"),
    ("type:deadline", "uiterste termijn", "deadline"),
    ("type:target", "streeftermijn", "target"),
    ("type:maximum", "ten hoogste", "at most"),
    ("type:recurring", "steeds opnieuw", "recurring"),
    ("type:earliest", "op zijn vroegst", "at the earliest"),
    # gaps, sources, history
    ("gaps_known", "Bekende gaten", "Known gaps"),
    ("periods_unread", "Perioden die niet gelezen zijn", "Periods that were not read"),
    ("ask_whom", "Voor te leggen aan", "To be put to"),
    ("goals_hit", "Doel dat niet gehaald wordt", "Goal that is not met"),
    ("filled_by", "in te vullen door: {who}", "to be filled by: {who}"),
    ("by:region", "de regio", "the region"),
    ("by:municipality", "de gemeente", "the municipality"),
    ("by:organisation", "de organisatie zelf", "the organisation itself"),
    ("touches", "Raakt", "Touches"),
    ("read", "Gelezen", "Read"),
    ("identifier", "Nummer", "Number"),
    ("address", "Adres", "Address"),
    ("used_in", "Gebruikt in", "Used in"),
    ("repealed", "ingetrokken na {last}", "repealed after {last}"),
    ("not_used", "Geen regel in dit boek rust hierop.", "No rule in this book rests on this."),
    ("per_duty", "Per plicht", "For each duty"),
    ("content_begins", "Hier begint de inhoud: {n} regels gelden vanaf deze dag of eerder.",
     "Here the content begins: {n} rules hold from this day or earlier."),
    ("begins", "Begint", "Begins"),
    ("ends", "Eindigt", "Ends"),
    ("day", "Dag", "Day"),
    ("rows", "Rij van de feiten: {rows}", "Row of the facts: {rows}"),
    # how to read
    ("word", "Wat er staat", "What it says"),
    ("meaning", "Wat het betekent", "What it means"),
    ("statuses", "Of een plicht geldt", "Whether a duty applies"),
    ("strengths", "Hoe sterk een plicht is", "How strong a duty is"),
    ("norms", "Waar een plicht op rust", "What a duty rests on"),
    ("remarks", "Hoe zeker iets is (zonder opmerking: de tekst is gelezen)",
     "How sure something is (no remark: the text was read)"),
    # edition
    ("edition", "Editie {edition}", "Edition {edition}"),
    ("as_of", "Recht zoals gelezen voor {day}", "Law as read for {day}"),
    ("unsigned_title", "Ongetekend", "Unsigned"),
    ("unsigned", "Niemand heeft deze inhoud nog gecontroleerd of ondertekend. Dat geldt voor alles in dit boek.",
     "Nobody has checked or signed this content yet. That holds for everything in this book."),
    ("unsigned_sheet", "Niemand heeft deze inhoud nog gecontroleerd.", "Nobody has checked this content yet."),
    ("not_read_title", "Let op bij deze datum", "Mind with this date"),
    ("description", "Regels voor samenwerking tussen organisaties, met bronnen.",
     "Rules for cooperation between organisations, with sources."),
)  # fmt: skip

WORDS: Final[dict[str, Text]] = {key: text({"nl": nl, "en": en}) for key, nl, en in _ROWS}

STATUSES: Final = (
    (text({"nl": "geldt", "en": "applies"}),
     text({"nl": "wat de onbekende feiten ook blijken te zijn", "en": "whatever the unknown facts turn out to be"})),
    (text({"nl": "kan gelden", "en": "may apply"}),
     text({"nl": "dat hangt af van de feiten die erbij staan; vraag verder",
           "en": "that hangs on the facts beside it; ask on"})),
    (text({"nl": "geldt niet", "en": "does not apply"}),
     text({"nl": "door een feit dat bekend is, of op deze datum",
           "en": "because of a fact that is known, or on this date"})),
)  # fmt: skip
STAGES: Final[dict[str, Text]] = {
    key: text({"nl": nl, "en": en})
    for key, nl, en in (
        ("before_action", "Voor een actie", "Before an action"),
        ("safety", "Veiligheid", "Safety"),
        ("first_contact", "Eerste contact", "First contact"),
        ("report", "Melden", "Report"),
        ("register", "Registreren", "Register"),
        ("shelter", "Opvang", "Shelter"),
        ("care", "Zorg", "Care"),
        ("custody", "Gezag en bescherming van kinderen", "Custody and protection of children"),
        ("stay", "Verblijf", "Stay"),
        ("proceedings", "Strafzaak", "Criminal case"),
        ("afterwards", "Daarna", "Afterwards"),
    )
}
STRENGTHS: Final[dict[str, tuple[Text, Text]]] = {
    "must": (text({"nl": "moet", "en": "must"}),
             text({"nl": "verplicht", "en": "binding"})),
    "should": (text({"nl": "hoort", "en": "should"}),
               text({"nl": "wat van een professional verwacht wordt; wie afwijkt, legt uit waarom",
                     "en": "what is expected of a professional; who departs from it explains why"})),
    "may": (text({"nl": "mag", "en": "may"}),
            text({"nl": "mogelijk, niet verplicht", "en": "possible, not binding"})),
}  # fmt: skip
NORMS: Final[dict[str, tuple[Text, Text]]] = {
    "statute": (text({"nl": "wet of verdrag", "en": "statute or treaty"}),
                text({"nl": "wet, verdrag of recht van de EU", "en": "statute, treaty or EU law"})),
    "amvb": (text({"nl": "algemene maatregel", "en": "decree"}),
             text({"nl": "algemene maatregel van bestuur of regeling", "en": "order in council or regulation"})),
    "policy_rule": (text({"nl": "beleidsregel", "en": "policy rule"}),
                    text({"nl": "beleidsregel of aanwijzing", "en": "policy rule or instruction"})),
    "agreement": (text({"nl": "afspraak", "en": "agreement"}),
                  text({"nl": "afspraak tussen organisaties", "en": "agreement between organisations"})),
    "good_practice": (text({"nl": "goede praktijk", "en": "good practice"}),
                      text({"nl": "geen recht; zo werken professionals", "en": "not law; how professionals work"})),
}  # fmt: skip
CATEGORIES: Final = (
    "enforcement", "care", "government", "judiciary", "support", "registration", "network", "oversight", "collective",
)  # fmt: skip
REMARKS: Final[dict[str, Text]] = {
    "S15": text({"nl": "tekst van oktober 2015", "en": "text of October 2015"}),
    "S-part": text({"nl": "deels gelezen", "en": "read in part"}),
    "SS": text({"nl": "secundaire bron", "en": "secondary source"}),
    "R": text({"nl": "uit het geheugen", "en": "recalled"}),
    "D": text({"nl": "afgeleid", "en": "derived"}),
}
"""What stands beside an item; nothing beside a text that was read."""

MONTHS: Final = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def day_words(day: date, lang: str) -> str:
    """A day as it is read: 19 mei 2023."""
    return f"{day.day} {MONTHS.get(lang, MONTHS['en'])[day.month - 1]} {day.year}"
