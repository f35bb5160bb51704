"""The sentences that several methods say: what is estimated, what is assumed, what a flag means, what was not done."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.texts import Text, text


def spoken(nl: str, en: str) -> Text:
    """A sentence in both languages."""
    return text({"nl": nl, "en": en})


POPULATION: Final = text({
    "nl": "Mogelijke slachtoffers die op minstens één van deze lijsten hadden kunnen komen, in deze periode en dit "
          "gebied. Wie door geen enkele lijst te bereiken is, zit er niet in.",
    "en": "Possible victims who could have come on at least one of these lists, in this period and area. People whom "
          "no list can reach are not in it.",
})  # fmt: skip

CLOSED: Final = text({
    "nl": "De groep verandert in de periode niet: niemand komt erbij of valt af.",
    "en": "The group does not change in the period: nobody joins or leaves.",
})  # fmt: skip
LINKED: Final = text({
    "nl": "Elke registratie is aan de juiste persoon gekoppeld; gemiste koppelingen maken de schatting te hoog.",
    "en": "Every registration is linked to the right person; missed links make the estimate too high.",
})  # fmt: skip
IN_SCOPE: Final = text({
    "nl": "Iedereen op een lijst hoort bij de groep die wordt geschat.",
    "en": "Everybody on a list belongs to the group that is estimated.",
})  # fmt: skip
REACHABLE: Final = text({
    "nl": "Iedereen in de groep kan op een lijst komen, en mensen verschillen daarin niet meer dan het model toelaat.",
    "en": "Everybody in the group can come on a list, and people differ in that no more than the model allows.",
})  # fmt: skip
NO_HIGHEST: Final = text({
    "nl": "Tussen alle lijsten samen is er geen verband dat het model niet kent.",
    "en": "There is no dependence among all lists together that the model does not know.",
})  # fmt: skip
COMMON: Final[tuple[Text, ...]] = (CLOSED, LINKED, IN_SCOPE, REACHABLE)

NO_INTERVAL: Final = text({
    "nl": "niet berekend: vraag een interval (--interval bca, percentile of profile)",
    "en": "not computed: ask for an interval (--interval bca, percentile or profile)",
})  # fmt: skip
NO_BOOTSTRAP: Final = text({
    "nl": "De bootstrap geeft geen interval: de schatting ligt aan de rand van alle hertrekkingen, of zonder één "
          "persoon is er geen schatting.",
    "en": "The bootstrap gives no interval: the estimate lies at the edge of all resamples, or without one person "
          "there is no estimate.",
})  # fmt: skip
OUTSIDE: Final = text({
    "nl": "De schatting ligt buiten haar eigen interval: de hertrekkingen kiezen meest andere modellen, en komen op "
          "andere aantallen uit.",
    "en": "The estimate lies outside its own interval: the resamples mostly choose other models, and come to other "
          "numbers.",
})  # fmt: skip
NO_VERDICT: Final = text({
    "nl": "niet berekend: laat alle methoden naast elkaar rekenen (--method all)",
    "en": "not computed: run all methods side by side (--method all)",
})  # fmt: skip
NO_VERDICT_BY_GROUP: Final = text({
    "nl": "niet berekend: methoden worden vergeleken voor alle groepen samen (--method all, zonder --strata)",
    "en": "not computed: methods are compared for all groups together (--method all, without --strata)",
})  # fmt: skip
NOTHING_TO_JUDGE: Final = text({"nl": "er is geen schatting", "en": "there is no estimate"})

FLAGS: Final[tuple[Text, ...]] = (
    text({"nl": "de schatting bestaat en is eenduidig", "en": "the estimate exists and is unique"}),
    text({
        "nl": "dit model heeft bij deze aantallen geen (uitgebreide) meest aannemelijke schatting",
        "en": "with these counts this model has no (extended) maximum likelihood estimate",
    }),
    text({
        "nl": "dit model is bij deze aantallen niet eenduidig: veel getallen passen even goed",
        "en": "with these counts this model is not identifiable: many numbers fit equally well",
    }),
    text({
        "nl": "dit model heeft bij deze aantallen geen (uitgebreide) meest aannemelijke schatting, en is niet "
              "eenduidig",
        "en": "with these counts this model has no (extended) maximum likelihood estimate, and is not identifiable",
    }),
)  # fmt: skip
NO_ESTIMATE: Final = text(
    {
        "nl": "Er is geen schatting: {why}. Neem een eenvoudiger model, of voeg lijsten samen.",
        "en": "There is no estimate: {why}. Take a simpler model, or merge lists.",
    }
)
BEYOND: Final = text(
    {
        "nl": "Dit getal is groter dan enige groep mensen: de aantallen zeggen bijna niets over wie niet is gezien.",
        "en": "This number is larger than any group of people: the counts say next to nothing about the unseen.",
    }
)
NO_FLAG: Final = text({
    "nl": "niet van toepassing: deze methode zoekt geen meest aannemelijke schatting",
    "en": "does not apply: this method looks for no maximum likelihood estimate",
})  # fmt: skip
NO_POOL: Final = text({
    "nl": "De methoden samen geven geen getal: geen ervan heeft een verdeling, of meer dan de helft ligt voorbij alle "
          "aantallen mensen.",
    "en": "The methods together give no number: none has a distribution, or more than half of it lies beyond all "
          "numbers of people.",
})  # fmt: skip
NO_UPPER_LIMIT: Final = text({"nl": "geen bovengrens", "en": "no upper limit"})
INTERNAL: Final = text(
    {
        "nl": "INTERN: een schatting op eigen gegevens; publiceren kan pas na beveiliging",
        "en": "INTERNAL: an estimate on one's own data; publish only after protection",
    }
)

LABELS: Final[dict[str, Text]] = {
    "population": text({"nl": "Geschat in totaal", "en": "Estimated in all"}),
    "unobserved": text({"nl": "Waarvan niet gezien", "en": "Of whom unseen"}),
    "observed": text({"nl": "Op minstens één lijst", "en": "On at least one list"}),
    "interval": text({"nl": "Interval", "en": "Interval"}),
    "model": text({"nl": "Model", "en": "Model"}),
    "flag": text({"nl": "Bestaan", "en": "Existence"}),
    "about": text({"nl": "Over wie", "en": "About whom"}),
    "verdict": text({"nl": "Oordeel", "en": "Verdict"}),
    "assumptions": text({"nl": "Dit neemt de schatting aan", "en": "The estimate assumes"}),
    "cautions": text({"nl": "Let op", "en": "Beware"}),
    "groups": text({"nl": "Per groep", "en": "By group"}),
    "receipt": text({"nl": "Bewijsstuk", "en": "Receipt"}),
    "reason": text({"nl": "Uitkomst", "en": "Outcome"}),
    "method": text({"nl": "Methode", "en": "Method"}),
}
INTERVALS: Final[dict[str, Text]] = {
    "bca": text({"nl": "BCa-bootstrap", "en": "BCa bootstrap"}),
    "percentile": text({"nl": "bootstrap-percentielen", "en": "bootstrap percentiles"}),
    "profile": text({"nl": "profielaannemelijkheid", "en": "profile likelihood"}),
    "posterior": text({"nl": "posterior", "en": "posterior"}),
    "log-normal": text({"nl": "log-normaal, voor wie niet gezien is", "en": "log-normal, for the unseen"}),
    "influence": text({"nl": "invloedsfunctie", "en": "influence function"}),
    "pool": text({"nl": "mengsel, gelijke gewichten", "en": "mixture, equal weights"}),
    "over-draws": text({"nl": "over trekkingen van de koppelingen", "en": "over draws of the links"}),
}
VERDICTS: Final[dict[str, Text]] = {
    "agree": text({"nl": "eens", "en": "agree"}),
    "agree-within-a-factor": text({"nl": "eens binnen een factor", "en": "agree within a factor"}),
    "disagree": text({"nl": "oneens", "en": "disagree"}),
    "do-not-report": text({"nl": "niet publiceren", "en": "do not report"}),
}
METHODS: Final[dict[str, Text]] = {
    "main": text({"nl": "Log-lineair, lijsten onafhankelijk", "en": "Log-linear, lists independent"}),
    "pairs": text({"nl": "Log-lineair, alle paren van lijsten", "en": "Log-linear, all pairs of lists"}),
    "model": text({"nl": "Log-lineair, opgegeven model", "en": "Log-linear, the model given"}),
    "stepwise": text({"nl": "Stapsgewijs gekozen paren", "en": "Pairs chosen stepwise"}),
    "bic": text({"nl": "Beste model volgens BIC", "en": "Best model by BIC"}),
    "threshold": text({"nl": "Bayesiaans drempelen", "en": "Bayesian thresholding"}),
    "average": text({"nl": "Gemiddelde over ontbindbare grafen", "en": "Average over decomposable graphs"}),
    "latent": text({"nl": "Latente klassen", "en": "Latent classes"}),
    "together": text({"nl": "De methoden samen", "en": "The methods together"}),
    "covariates": text({"nl": "Log-lineair met kenmerken", "en": "Log-linear with covariates"}),
    "covariates-missing": text(
        {"nl": "Log-lineair met kenmerken die soms ontbreken", "en": "Log-linear with covariates, some missing"}
    ),
    "chapman": text({"nl": "Twee lijsten (Chapman)", "en": "Two lists (Chapman)"}),
    "lincoln-petersen": text({"nl": "Twee lijsten (Lincoln-Petersen)", "en": "Two lists (Lincoln-Petersen)"}),
    "doubly-robust": text(
        {"nl": "Twee lijsten met kenmerken, dubbel robuust", "en": "Two lists with covariates, doubly robust"}
    ),
}
