"""The claim: the whole proof over all intervals takes under 10 s of CPU, two hundred mutants under 60 s.

    python benchmarks/bench_proof.py [--count 200] [--seed 7] [--write]

Both run in this process, on the Dutch content, loaded beforehand; CPU time of this process is what
counts. The result, with the share of mutants that each net catches and every survivor with its
explanation, is printed; `--write` keeps it in benchmarks/results/proof.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from schakel.mechanism.content import Content, load
from schakel.mechanism.proof import check
from schakel.mechanism.proof.mutants import mutate

RESULT = Path(__file__).parent / "results" / "proof.json"
PROOF_SECONDS, MUTANT_SECONDS, TOGETHER = 10.0, 60.0, 0.95


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="how many mutants")
    parser.add_argument("--seed", type=int, default=7, help="which mutants")
    parser.add_argument("--write", action="store_true", help="keep the result")
    arguments = parser.parse_args()
    content = load()
    proof, mutants = proven(content), mutated(content, arguments.count, arguments.seed)
    result = {
        "on": datetime.now(UTC).date().isoformat(),
        "content": content.fingerprint,
        "proof": proof,
        "mutants": mutants,
    }
    said = json.dumps(result, ensure_ascii=False, indent=2)
    print(said)
    if arguments.write:
        RESULT.write_text(said + "\n", encoding="utf-8")
    fast = proof["cpu_seconds"] < PROOF_SECONDS and mutants["cpu_seconds"] < MUTANT_SECONDS
    return 0 if fast and mutants["shares"]["difference"] >= TOGETHER else 1


def proven(content: Content) -> dict:
    """The whole proof, and how long each part of it took."""
    parts: list[tuple[str, float]] = []
    begin = time.process_time()
    report = check(content, progress=lambda part: parts.append((part, time.process_time())))
    end = time.process_time()
    ends = [start for _, start in parts[1:]] + [end]
    return {
        "cpu_seconds": round(end - begin, 2),
        "parts": {name: round(stop - start, 2) for (name, start), stop in zip(parts, ends, strict=True)},
        "findings": dict(Counter(finding.kind for finding in report.findings)),
        "known_gaps": len({gap.gap for gap in report.gaps}),
        "listed": dict(Counter(one.kind for one in report.listed)),
        **report.statistics,
    }


def mutated(content: Content, count: int, seed: int) -> dict:
    """The mutants, what caught them, and why the others could not be caught."""
    begin = time.process_time()
    report = mutate(content, count, seed)
    return {
        "cpu_seconds": round(time.process_time() - begin, 2),
        "count": len(report.mutants),
        "seed": seed,
        "shares": {net: round(share, 3) for net, share in report.shares.items()},
        "by_kind": report.by_kind,
        "survivors": [f"{one.kind} {one.where} ({one.what}): {one.why}" for one in report.survivors],
    }


if __name__ == "__main__":
    sys.exit(main())
