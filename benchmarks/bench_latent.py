"""Claim: latent classes answer or refuse every published table in about 15 CPU seconds; and what a sweep and an
effective draw cost, beside the peer's.

The R package LCMCR 0.4.14 (R 4.2.2, one thread, measured on another shared machine) ran four chains of 120,000 sweeps;
its CPU, effective sample size and R-hat are typed in below. Ours: the default run, 128 chains in one array, which stops
when they agree or when that is hopeless. Effective sizes are by rank-normalised split chains (the stricter measure) and
of the three quarters that count; CPU is of the whole run, with its warm-up, burn-in and the measuring of chains. Ours
has eight slides in a sweep, which the peer has not: what compares is the effective draws of a CPU second.

    .venv/bin/python benchmarks/bench_latent.py [--write]
"""

from __future__ import annotations

import os
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

from _tools import keep, options  # noqa: E402

# Table: CPU seconds of four chains of 120,000 sweeps, effective sample size, R-hat.
PEER = {
    "NewOrl_5_185": (5.66, 13_750, 1.0002), "UKdat_4": (4.99, 2_751, 1.017), "Kosovo": (7.05, 708, 1.008),
    "UKdat": (7.84, 1_257, 1.050), "UKdat_5": (6.18, 992, 1.315), "Ned_5": (6.51, 1_848, 7.08),
    "Ned": (8.10, 1_099, 2.89),
}  # fmt: skip


def main() -> None:
    from schakel.estimation.latent import CHAINS, SWEEPS, WARM_UP, draw
    from tests.published.tables import TABLES

    chosen = options(__doc__ or "", sweeps=SWEEPS)
    figures = {}
    for name, (cpu, worth, rhat) in PEER.items():
        began = time.process_time()
        found = draw(TABLES[name].counts, seed=chosen.seed, sweeps=chosen.sweeps)
        spent = time.process_time() - began
        mixing = found.mixing
        figures[name] = {
            "answer": "given" if mixing.good else "refused", "rhat": round(mixing.rhat, 4),
            "effective": round(min(mixing.bulk, mixing.tail)), "cpu_s": round(spent, 2), "sweeps": found.sweeps,
            "us_a_sweep_and_chain": round(spent / (found.sweeps + WARM_UP) / CHAINS * 1e6, 1),
            "effective_a_cpu_s": round(mixing.bulk / spent),
            "peer": {"rhat": rhat, "cpu_s": cpu, "effective_a_cpu_s": round(worth / cpu),
                     "us_a_sweep": round(cpu / 0.48, 1)},
        }  # fmt: skip
        print(name, figures[name], flush=True)
    keep("latent", chosen.seed, {"chains": CHAINS, "most_sweeps": chosen.sweeps, "tables": figures}, write=chosen.write)


if __name__ == "__main__":
    main()
