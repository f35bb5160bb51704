"""Two hundred people at once: each a page or a write every ten seconds, against gunicorn on loopback, as in production.

Everybody does what their role does: begins at My work today (the registrar also at the registrations, a shelter at its
requests for a place), opens what stands there, and now and then sends a form of the page that they see, with the hidden
fields that it came with. Whoever comes upon an answer that is no page, or a redirect after a write, has an error. An
edit that was told to clash with somebody else's (409) is counted apart: it is the site doing its work.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import _counter as counter
from _counter_logs import personal
from _tools import ROOT

EVERY, HEALTH = 10.0, 15.0  # seconds
MIX = {"finder": 90, "registrar": 20, "care_coordinator": 30, "shelter": 40, "lawyer": 10, "person": 10}
STARTS = {
    "finder": ("", "stilstand/"), "registrar": ("", "registraties/", "stilstand/", "verwijzingen/", "gids/"),
    "care_coordinator": ("", "verwijzingen/", "gids/"), "shelter": ("plekken/", "", "gids/"),
    "lawyer": ("", "eigen/"), "person": ("eigen/",),
}  # fmt: skip
BASE = "/nl/loket/zaken/"
LINK = re.compile(
    r'href="(/nl/loket/zaken/(?:taken|registraties|persoon|ontmoeting|verwijzingen|plekken|eigen)/[0-9a-f-]{36}/)"'
)
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
# Which forms are sent: nothing is thrown away, ended or withdrawn, so that there stays work to do for all.
SENT = re.compile(r"/(taken/[0-9a-f-]{36}/(finish|take)|registraties/[0-9a-f-]{36}/(accept|ask)|zaken/nieuw)/$")
WORDS = {"ask": {"words": "Welke taal spreekt deze persoon?"}}


@dataclass
class Tally:
    """What came of the requests; shared by all, under one lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    took: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "write": []})
    wrong: Counter[str] = field(default_factory=Counter)
    clashes: int = 0
    health: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, seconds: float, status: int, route: str) -> None:
        good = status == 200 if kind == "page" else status in (302, 409)
        with self.lock:
            self.took[kind].append(seconds)
            self.clashes += status == 409
            if not (good or status == 302):
                self.wrong[f"{kind} {route}: {status}"] += 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(house: Any, server: Any, given: Any) -> dict[str, Any]:
    """So many minutes of so many people; what they waited, and what went wrong."""
    people = signed_in(house, given.people)
    counter.close()
    port, log = free_port(), counter.FOLDER / f"gunicorn-{'postgresql' if server else 'sqlite'}.log"
    site = serve(port, server, log)
    try:
        wait(port, site)
        before, database = spent(site.pid), server.cpu() if server else 0.0
        tally, until = Tally(), time.monotonic() + given.minutes * 60
        chance = random.Random(given.seed)
        threads = [threading.Thread(target=Person(port, one, tally, random.Random(chance.random()), until).work)
                   for one in people]  # fmt: skip
        threads.append(threading.Thread(target=prober, args=(port, tally, until)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worked = spent(site.pid) - before
        stored = server.cpu() - database if server else None
    finally:
        stop(site)
    return summed(tally, given, worked, stored, log)


def signed_in(house: Any, count: int) -> list[counter.Visitor]:
    """People in the roles of the mix, each with a session of both factors."""
    found: list[Any] = []
    for role, share in MIX.items():
        here = house.of_role[role] if role != "registrar" else house.registrars
        for number in range(round(share * count / sum(MIX.values()))):
            found.append(here[number % len(here)])
    return [counter.Visitor(one) for one in found]


def serve(port: int, server: Any, log: Any) -> subprocess.Popen[bytes]:
    """gunicorn as deploy/schakel.service starts it: two workers of four threads."""
    environment = {**os.environ, **counter.ENVIRONMENT, **(server.environment() if server else {})}
    environment["PYTHONPATH"] = str(ROOT / "src")
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "loket.site.wsgi", "--bind", f"127.0.0.1:{port}", "--preload",
         "--workers", "2", "--threads", "4", "--log-level", "error", "--timeout", "60", "--no-control-socket"],
        env=environment, cwd=counter.FOLDER, stdout=log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def stop(site: subprocess.Popen[bytes]) -> None:
    """In order where it can be; the whole group of processes at once where it cannot."""
    site.send_signal(signal.SIGTERM)
    try:
        site.wait(40)
    except subprocess.TimeoutExpired:
        os.killpg(site.pid, signal.SIGKILL)
        site.wait()


def wait(port: int, site: subprocess.Popen[bytes]) -> None:
    """Until it says that it is ready, both workers (each answers some of the questions)."""
    for _ in range(600):
        try:
            if all(ask(port, "/readyz")[0] == 200 for _ in range(8)):
                return
        except OSError:
            pass
        if site.poll() is not None:
            break
        time.sleep(0.3)
    raise RuntimeError("the site did not become ready: see the log of gunicorn")


def spent(pid: int) -> float:
    """CPU seconds of the site so far: gunicorn and its workers."""
    whole = 0.0
    for one in [pid, *children(pid)]:
        with open(f"/proc/{one}/stat", encoding="ascii") as file:
            parts = file.read().rsplit(")", 1)[1].split()
        whole += (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return whole


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(one) for one in file.read().split()]


def ask(port: int, path: str, cookie: str = "", said: dict[str, str] | None = None) -> tuple[int, str, str]:
    """One request on a connection of its own, with what nginx adds; status, body and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": counter.HOST, "X-Forwarded-Proto": "https", "Cookie": cookie,
               "Referer": f"https://{counter.HOST}{path}"}  # fmt: skip
    body = None
    if said is not None:
        body = urlencode(said)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("GET" if said is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace"), answer.headers.get("Location", "")
    finally:
        connection.close()


@dataclass
class Person:
    """Somebody at work: what they see, and where it leads."""

    port: int
    who: counter.Visitor
    tally: Tally
    chance: random.Random
    until: float
    page: str = ""

    def work(self) -> None:
        at = time.monotonic() + self.chance.uniform(0, EVERY)
        while at < self.until:
            time.sleep(max(0.0, at - time.monotonic()))
            self.next()
            at += EVERY

    def next(self) -> None:
        forms = [one for one in FORM.findall(self.page) if SENT.search(one[0])]
        links = LINK.findall(self.page)
        if forms and self.chance.random() < 0.5:
            self.send(*self.chance.choice(forms))
        elif links and self.chance.random() < 0.7:
            self.open(self.chance.choice(links))
        else:
            self.open(BASE + self.chance.choice(STARTS[self.who.member.role]))

    def open(self, path: str) -> None:
        status, text, to = self._ask("page", path)
        self.page = text if status == 200 else ""
        if status == 302 and to:
            self.page = ask(self.port, to, self.who.cookie)[1]

    def send(self, path: str, inside: str) -> None:
        said = dict(HIDDEN.findall(inside)) | WORDS.get(path.rstrip("/").rsplit("/", 1)[-1], {})
        self._ask("write", path, {**said, "csrfmiddlewaretoken": counter.TOKEN})
        self.page = ""

    def _ask(self, kind: str, path: str, said: dict[str, str] | None = None) -> tuple[int, str, str]:
        began, route = time.monotonic(), re.sub(r"[0-9a-f-]{36}", "…", path)
        try:
            answer = ask(self.port, path, self.who.cookie, said)
        except OSError as error:
            answer = (0, "", "")
            route += f" {type(error).__name__}"
        self.tally.add(kind, time.monotonic() - began, answer[0], f"{self.who.member.role} {route}")
        return answer


def prober(port: int, tally: Tally, until: float) -> None:
    """Whether the site says of itself that it lives and is ready, all the while."""
    while time.monotonic() < until:
        for path in ("/healthz", "/readyz"):
            try:
                status = ask(port, path)[0]
            except OSError:
                status = 0
            tally.health[f"{path} {status}"] += 1
        time.sleep(min(HEALTH, max(0.0, until - time.monotonic())))


def summed(tally: Tally, given: Any, worked: float, stored: float | None, log: Any) -> dict[str, Any]:
    lines = log.read_text(encoding="utf-8").splitlines()
    whole = sum(map(len, tally.took.values()))
    found = {
        "people": given.people, "minutes": given.minutes, "requests": whole,
        "writes": len(tally.took["write"]), "errors": sum(tally.wrong.values()), "what went wrong": dict(tally.wrong),
        "clashes that were told (409)": tally.clashes, "health": dict(tally.health),
        "seconds waited": {kind: waits(took) for kind, took in tally.took.items() if took},
        "CPU ms a request, site": round(worked * 1e3 / max(whole, 1), 1), "log lines": len(lines),
        "log lines that say too much": personal(lines), "cores": len(os.sched_getaffinity(0)),
    }  # fmt: skip
    if stored is not None:
        found["CPU ms a request, PostgreSQL"] = round(stored * 1e3 / max(whole, 1), 1)
    print(found, flush=True)
    return found


def waits(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {name: round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 3)
            for name, part in (("median", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0))}  # fmt: skip
