"""Claim: latent classes take no more CPU than the peer, both until there is an answer or a refusal and for each draw
that is worth an independent one.

The R package LCMCR 0.4.14 (R 4.2.2, one thread, measured on another shared machine) ran four chains of 120,000 sweeps;
its CPU, effective sample size, R-hat and quantiles are typed in below. Where its R-hat is above 1.01 it gave no answer
by our measure, and its effective size means little. Ours: the default run, 512 chains in one array that grow up with
the table, and stop when they agree or when that is hopeless. Effective sizes are the least of bulk and tail, by
rank-normalised split chains (the stricter measure), of the three quarters that count; CPU is of the whole run, with
growing up, burn-in and the measuring of chains.

    .venv/bin/python benchmarks/bench_latent.py [--write]
"""

from __future__ import annotations

import os
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

from _tools import keep, options  # noqa: E402

# Table: CPU seconds of four chains of 120,000 sweeps, effective sample size, R-hat; 2.5, 50 and 97.5 % points.
PEER = {
    "NewOrl_5_185": (5.66, 13_750, 1.0002, (571, 835, 1_373)),
    "UKdat_4": (4.99, 2_751, 1.017, (10_146, 12_010, 14_655)),
    "Kosovo": (7.05, 708, 1.008, (9_116, 10_480, 14_241)),
    "UKdat": (7.84, 1_257, 1.050, (15_022, 22_144, 33_706)),
    "UKdat_5": (6.18, 992, 1.315, (11_366, 20_872, 32_813)),
    "Ned_5": (6.51, 1_848, 7.08, (42_717, 50_353, 163_349)),
    "Ned": (8.10, 1_099, 2.89, (44_193, 56_685, 166_752)),
}


def main() -> None:
    import numpy as np

    from schakel.estimation.latent import CHAINS, SWEEPS, draw
    from tests.published.tables import TABLES

    chosen = options(__doc__ or "", sweeps=SWEEPS)
    figures, slower = {}, []
    for name, (cpu, worth, rhat, theirs) in PEER.items():
        began = time.process_time()
        found = draw(TABLES[name].counts, seed=chosen.seed, sweeps=chosen.sweeps)
        spent = time.process_time() - began
        mixing = found.mixing
        effective = min(mixing.bulk, mixing.tail)
        figures[name] = {
            "answer": "given" if mixing.good else "refused", "rhat": round(mixing.rhat, 4),
            "effective": round(effective), "cpu_s": round(spent, 2), "sweeps": found.sweeps,
            "effective_a_cpu_s": round(effective / spent),
            "quantiles": np.quantile(found.population, (0.025, 0.5, 0.975)).round().tolist() if mixing.good else None,
            "peer": {"rhat": rhat, "cpu_s": cpu, "effective_a_cpu_s": round(worth / cpu), "quantiles": theirs},
        }  # fmt: skip
        print(name, figures[name], flush=True)
        if spent > cpu or (mixing.good and effective / spent < worth / cpu):
            slower.append(name)
    print("The claim holds." if not slower else f"The claim does NOT hold for {', '.join(slower)}.")
    made = {"chains": CHAINS, "most_sweeps": chosen.sweeps, "tables": figures, "slower than the peer": slower}
    keep("latent", chosen.seed, made, write=chosen.write)


if __name__ == "__main__":
    main()
