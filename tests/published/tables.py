"""Published capture tables with their papers. A history is the numbers of its lists. Titles of papers are recalled.

They hold counts of people in published reports only; a history that is not there has count 0.
"""

from __future__ import annotations

import numpy as np

from schakel.estimation.histories import Histories, from_masks

QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)  # the shares at which the references tell a posterior


def table(lists: str, counts: str) -> Histories:
    """`"12 15"` are fifteen people on lists 1 and 2 and on no other."""
    rows = [row.split() for row in counts.split(",")]
    masks = [sum(1 << (int(place) - 1) for place in history) for history, _ in rows]
    return from_masks(lists.split(), masks, np.array([int(count) for _, count in rows]))


# Potential victims in the United Kingdom, 2013, six lists: local authorities (LA), non-governmental organisations (NG),
# police forces (PF), government organisations (GO), the public (GP), National Crime Agency (NCA).
# Silverman, B. W. (2014), Modern Slavery: an application of multiple systems estimation, Home Office; as in
# Bales, K., Hesketh, O. & Silverman, B. W. (2015), Modern Slavery in the UK: how many victims?, Significance 12(3).
UKDAT = table(
    "LA NG PF GO GP NCA",
    "1 54, 2 463, 3 907, 4 695, 5 316, 6 57, 12 15, 13 19, 14 3, 23 56, 24 19, 25 1, 26 3, 34 69, 35 10, 36 31, "
    "45 8, 46 6, 56 1, 123 1, 124 1, 234 4, 236 3, 346 1, 1234 1",
)
# The same with PF and NCA as one list.
UKDAT_5 = table(
    "LA NG PFNCA GO GP",
    "1 54, 2 463, 3 995, 4 695, 5 316, 12 15, 13 19, 14 3, 23 62, 24 19, 25 1, 34 76, 35 11, 45 8, 123 1, 124 1, "
    "234 4, 1234 1",
)
# The same without people who are only known to the public (GP left out).
UKDAT_4 = table(
    "LA NG PFNCA GO",
    "1 54, 2 464, 3 1006, 4 703, 12 15, 13 19, 14 3, 23 62, 24 19, 34 76, 123 1, 124 1, 234 4, 1234 1",
)
# Possible victims registered at CoMensha, the Netherlands 2010-2015, six lists: Inspectorate (I), border police (K),
# residential treatment and shelters (O), police (P), regional coordinators (R), others (Z).
# Silverman, B. W. (2020), Model fitting in multiple systems analysis for the quantification of modern slavery,
# JRSS-A 183, Table 2, from Van Dijk, J., Van der Heijden, P. G. M., Cruyff, M. et al. (2017).
NED = table(
    "I K O P R Z",
    "134 4, 13 1, 146 4, 14 18, 15 3, 16 16, 1 352, 23 1, 24 44, 26 4, 2 1299, 345 2, 346 7, 34 59, 35 2, 36 57, "
    "3 403, 456 1, 45 82, 46 125, 4 4466, 56 2, 5 650, 6 632",
)
# The same with I and O as one list.
NED_5 = table(
    "IO K P R Z",
    "1 756, 2 1299, 3 4466, 4 650, 5 632, 12 1, 13 81, 14 5, 15 73, 23 44, 25 4, 34 82, 35 125, 45 2, 134 2, 135 "
    "11, 345 1",
)
# Killings in Kosovo, March to June 1999, four lists. Ball, P., Betts, W., Scheuren, F., Dudukovich, J. & Asher, J.
# (2002), Killings and refugee flow in Kosovo March-June 1999.
KOSOVO = table(
    "EXH ABA OSCE HRW",
    "1 1131, 2 845, 3 936, 4 306, 12 177, 13 228, 14 106, 23 217, 24 31, 34 123, 123 181, 124 18, 134 42, 234 32, "
    "1234 27",
)
# New Orleans, five lists. Bales, K., Murphy, L. T. & Silverman, B. W. (2020), How many trafficked people are there in
# Greater New Orleans?, Journal of Human Trafficking 6(4).
NEWORL_5_185 = table(
    "A BEFG C D H",
    "1 25, 2 24, 3 70, 4 33, 5 21, 12 1, 13 1, 14 2, 23 2, 24 2, 25 1, 34 1, 123 1, 124 1",
)
# Made to fail. Chan, L., Silverman, B. W. & Vincent, K. (2021), Multiple systems estimation for sparse capture data:
# inferential challenges when there are nonoverlapping lists, JASA 116, Table 2.
ARTIFICIAL_3 = table(
    "A B C",
    "1 40, 2 30, 3 20, 12 6",
)

TABLES = {
    "UKdat": UKDAT,
    "UKdat_5": UKDAT_5,
    "UKdat_4": UKDAT_4,
    "Ned": NED,
    "Ned_5": NED_5,
    "Kosovo": KOSOVO,
    "NewOrl_5_185": NEWORL_5_185,
    "Artificial_3": ARTIFICIAL_3,
}
