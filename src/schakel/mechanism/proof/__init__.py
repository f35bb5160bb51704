"""Whether the duties protect everyone in every situation, shown or refuted; it must never know a real person."""

from schakel.mechanism.proof.checking import check
from schakel.mechanism.proof.report import Finding, GapResult, Listed, Report

__all__ = ["Finding", "GapResult", "Listed", "Report", "check"]
