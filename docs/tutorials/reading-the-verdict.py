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
# # Reading the verdict
#
# An estimate with a narrow interval looks like an answer. Whether it is one, is another question. Here all methods run
# side by side on the lists of an invented country, the data are checked, and we read what comes out.

# %%
from dataclasses import replace

from schakel import simulate
from schakel.estimation.histories import merge
from schakel.estimation.linked import from_clusters
from schakel.simulation.country import SMALL

country = simulate(replace(SMALL, people=12_000, years=(2016, 2019)), seed=7)
truth = country.truth[["record", "person"]].assign(draw=0)  # perfect links: another worry, in another tutorial
table = from_clusters(truth, country.registrations)
table = merge(table, ["kmar", "inspectorate"], "enforcement")
table = merge(table, ["fairwork", "youth_care", "care_coordinators", "shelters"], "care")
table

# %% [markdown]
# ## All methods, one question

# %%
from schakel import estimate

names = ("main", "pairs", "stepwise", "bic", "threshold", "average")
answers = [estimate(table, name, resamples=100, seed=7) for name in names]
for one in answers:
    print(f"{one.title('en'):40} {'none' if one.population is None else format(one.population, ',.0f'):>8}")

# %% [markdown]
# Each has an interval of its own, and most are narrow. They cannot all be right: the difference between methods is
# larger than what any interval admits.

# %%
for one in answers:
    print(f"{one.title('en'):40} {one.interval.words('en') if one.interval else 'no interval'}")

# %% [markdown]
# The *pool* mixes what the methods make of the population, with equal weights: it is as wide as they are together, and
# no wider than each where they agree. Methods that take their model as certain have no part in it.

# %%
from schakel.estimation.pooling import together

pool = together(answers)
print(f"{pool.title('en')}: {pool.population:,.0f}, {pool.interval.words('en')}; of {pool.details['methods']}")

# %% [markdown]
# ## What the checks ask
#
# Does the answer hang on one list, or on one person? Has it settled as registrations came in? And the hardest: take
# each list as a population whose size we know, and let the other lists find it.

# %%
from schakel.estimation.checks import run_checks
from schakel.estimation.findings import checks_table


def stepwise(histories):
    return estimate(histories, "stepwise", resamples=100, seed=7)


def point(histories):
    return estimate(histories, "stepwise", resamples=0, interval="none", seed=7)


checks = run_checks(table, point, seed=7, with_interval=stepwise)
checks_table(checks, "en")

# %% [markdown]
# ## The verdict
#
# Four words are possible: agree, agree within a factor, disagree, do not report. The word begins with how far the
# answers lie apart; every check that fails lowers it and says why.

# %%
from schakel.estimation.verdict import judge

verdict = judge(answers, table, checks)
print(verdict.words("en"))

# %% [markdown]
# ## Was it right to doubt?
#
# Only an invented country can say. These lists know referral (police send people on to care) and people who are easy to
# find: both break what the models assume.

# %%
within = country.population.groupby("year")["within_reach"].sum()
print("people within reach, by year:", {int(year): int(number) for year, number in within.items()})

# %% [markdown]
# A person may be there in more years than one, so that the persons over four years are somewhat fewer than the sum.
# Every answer above is far below it; only the widest intervals come near.
#
# ## What goes into the report
#
# With "disagree" the report tells the range and the reasons; with "do not report" no number at all. It never prints a
# count of people, unless a protected release is given to it.

# %%
from schakel.estimation.report import report_section

print(report_section(pool.with_verdict(verdict), "en").text())
