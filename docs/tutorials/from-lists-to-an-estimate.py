# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
# ruff: noqa: B018, E402, RUF100, T201

# %% [markdown]
# # From raw lists to an estimate
#
# Eight organisations register people who may be victims of trafficking. Nobody sees everybody. How many people are
# there? We walk from the lists as they come in to an answer, with its doubts. The country is invented, so that at the
# end, for once, we may look at the truth.

# %%
from dataclasses import replace

from schakel import simulate
from schakel.simulation.country import SMALL

country = simulate(replace(SMALL, people=12_000, years=(2016, 2019)), seed=7)
registrations = country.registrations
registrations["list"].value_counts().rename("registrations").to_frame()

# %% [markdown]
# ## 1. Who cannot be linked
#
# Some registrations hold no name and no date of birth. They cannot be linked to anybody. Look first how many, and on
# which lists: it is not a random part.

# %%
from schakel.estimation.identity import shares

{one.name: f"{one.share:.0%} of {one.registrations}" for one in shares(registrations)}

# %% [markdown]
# ## 2. One person, many lists
#
# The linkage learns from the registrations which agreements tell two people apart. It keeps the chance of every link,
# so that we can also *draw* the links many times: draw 0 is the best guess, the others are what may be so as well.

# %%
from schakel import LinkOptions, link

linked = link(registrations, LinkOptions(draws=10), seed=1)
print(f"{len(registrations):,} registrations, {linked.persons:,} persons found")
print(f"precision expected by the model: {linked.expected_precision:.3f}, recall: {linked.expected_recall:.3f}")

# %% [markdown]
# ## 3. Capture histories
#
# For each person: on which lists do they stand? Small lists of the same kind are merged, for an overlap of one or two
# people tells nothing. What prints here names the lists and not the counts: a table of ones and twos is personal data.

# %%
from schakel.estimation.histories import merge
from schakel.estimation.linked import from_clusters


def histories(draw=0):
    table = from_clusters(linked.clusters, registrations, draw=draw)
    table = merge(table, ["kmar", "inspectorate"], "enforcement")
    return merge(table, ["fairwork", "youth_care", "care_coordinators", "shelters"], "care")


histories()

# %% [markdown]
# ## 4. A first estimate
#
# One method, with its interval, what it assumes and whom it is about. It says that no verdict was given yet.

# %%
from schakel import estimate


def stepwise(table):
    return estimate(table, "stepwise", resamples=200, seed=7)


first = stepwise(histories())
print(first.summary("en"))

# %% [markdown]
# ## 5. With and without the linkage error
#
# Every missed link makes one person two, and takes them out of the overlap: the estimate rises. Over ten draws of the
# links it comes out lower, and its interval holds the doubt about links as well.

# %%
from schakel.estimation.linkage_error import propagate

both = propagate([histories(draw) for draw in range(11)], stepwise)
for name, one in (("without", both.without), ("with", both.with_error)):
    print(f"{name:8} {one.population:,.0f}, {one.interval.words('en')}")

# %% [markdown]
# ## 6. Covariates and years
#
# A shelter meets other people than a border post, and 2018 was another year than 2016. With year, form and sex in the
# model a person counts in each year in which they are there. The model is searched; groups add up to the total.

# %%
import pandas as pd

from schakel import estimate_strata, read_stratified
from schakel.estimation.strata import groups_table

kinds = {"police": "police", "kmar": "enforcement", "inspectorate": "enforcement", "others": "others"}
people = registrations[["record", "list", "registered_on", "form", "sex"]].merge(linked.clusters.query("draw == 0"))
people["year"] = pd.to_datetime(people["registered_on"]).dt.year.clip(upper=2019).astype(str)
people["form"] = people["form"].where(people["form"].isin(["sexual", "labour", "criminal"]), "other")
first_told = people.groupby("person")[["form", "sex"]].first()  # two lists may tell it differently: the first counts
people = people[["person", "list", "year"]].join(first_told, on="person").dropna()
people["list"] = people["list"].map(kinds).fillna("care")
rows = people.assign(on=1).pivot_table(
    index=["person", "year", "form", "sex"], columns="list", values="on", fill_value=0
)
table = read_stratified((rows > 0).astype(int).reset_index().drop(columns="person"), ["year", "form", "sex"])

by_form = estimate_strata(table, by=["form"], resamples=60, seed=7)
print(by_form.model)
groups_table(by_form, "en")

# %% [markdown]
# ## 7. The truth, which only an invented country has
#
# `within_reach` are the people whom at least one list could have registered, counted in each year: what the estimate is
# about. See how far each answer was off, and whether its interval held it.

# %%
truth = int(country.population["within_reach"].sum())
found = by_form.interval
print(f"within reach, summed over years: {truth:,}")
print(f"estimated with covariates:       {by_form.population:,.0f} ({found.low:,.0f} to {found.high:,.0f})")
print(f"the interval holds the truth:    {found.low <= truth <= found.high}")

# %% [markdown]
# The interval is wide, and that is the honest part: the model was chosen anew in every resample. The first estimate was
# about something else (persons over four years), and far too low as well: police send people on to care, and people who
# are easy to find are found by all. Its narrow interval did not say so. Which is why the next step is not to publish,
# but to [read the verdict](reading-the-verdict.ipynb).
