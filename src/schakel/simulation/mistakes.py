"""Slips of the hand and the ear in one name: plain functions of the name and two draws."""

from __future__ import annotations

from typing import Final

# Keys beside one another on a Dutch (QWERTY) keyboard.
BESIDE: Final = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        ("wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "o", "qsz", "adw", "sfe", "dgr", "fht", "gjy",
         "hku", "jli", "ko", "xa", "zcs", "xvd", "cbf", "vng", "bmh", "nj"),
        strict=True,
    )
)  # fmt: skip
# What sounds the same to a Dutch ear.
ALIKE: Final = (("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("ck", "k"), ("c", "k"), ("v", "f"), ("z", "s"), ("d", "t"),
                ("y", "i"), ("ie", "i"), ("ph", "f"), ("w", "v"))  # fmt: skip
KINDS: Final = ("drop", "double", "swap", "beside", "sound")


def mistype(name: str, kind: int, place: float) -> str:
    """The name with one slip: a letter dropped, doubled, changed with the next, hit beside, or written by ear.

    `kind` counts into `KINDS`; `place` in [0, 1) says where in the name. A name of one letter stays as it is.
    """
    if len(name) < 2:
        return name
    spot = int(place * (len(name) - 1)) + 1  # the first letter is the one that is mostly right
    slip = KINDS[kind]
    if slip == "sound":
        return _by_ear(name, place)
    if slip == "drop":
        return name[:spot] + name[spot + 1 :]
    if slip == "double":
        return name[:spot] + name[spot] + name[spot:]
    if slip == "swap":
        last = max(spot, min(2, len(name) - 1))
        return name[: last - 1] + name[last] + name[last - 1] + name[last + 1 :]
    near = BESIDE.get(name[spot].lower(), name[spot])
    return name[:spot] + near[int(place * 97) % len(near)] + name[spot + 1 :]


def _by_ear(name: str, place: float) -> str:
    """The name with one sound written in another way; as it is where it holds none."""
    heard = [pair for pair in ALIKE if pair[0] in name]
    if not heard:
        return name
    old, new = heard[int(place * len(heard))]
    return name.replace(old, new, 1)
