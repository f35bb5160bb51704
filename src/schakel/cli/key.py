"""Make the key of an installation: a secret that seals releases, and the public key with which anybody can look.

A secret that is there already stays what it is, and its public key is written again.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.cli.streams import read_file
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

if TYPE_CHECKING:
    from schakel.disclosure.signing import PublicKey

HELP = "make the key that seals releases, and its public half"
WORDS = {
    "made": {
        "nl": "Nieuwe geheime sleutel: {secret}. Bewaar hem buiten alles wat wordt gepubliceerd; geef hem aan niemand.",
        "en": "New secret key: {secret}. Keep it outside everything that is published; give it to nobody.",
    },
    "public": {
        "nl": "Openbare sleutel: {public} ({fingerprint}). Publiceer hem, ook op een plek die niet van u is.",
        "en": "Public key: {public} ({fingerprint}). Publish it, also at a place that is not yours.",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("secret", metavar="SECRET", type=Path, help="the file of the secret; made if it is not there")
    parser.add_argument("--public", metavar="FILE", type=Path, required=True, help="the file of the public key to make")


def run(arguments: argparse.Namespace) -> int:
    import secrets  # not for the commands that only look at a seal

    with needing("release"):
        from schakel.disclosure.files import outside, write_public, write_secret
        from schakel.disclosure.signing import check_secret, public_key

    lang, secret = arguments.lang, arguments.secret
    free(arguments.public)
    outside(secret)
    if not secret.exists():
        write_secret(secrets.token_bytes(32), secret)
        print(WORDS["made"][lang].format(secret=secret.name))
    public = public_key(check_secret(read_file(str(secret))))
    write_public(public, arguments.public)
    print(WORDS["public"][lang].format(public=arguments.public.name, fingerprint=public.fingerprint))
    return 0


def key_argument(parser: argparse.ArgumentParser) -> None:
    """For the commands that look at a seal."""
    parser.add_argument("--key", metavar="PUBLIC", help="the public key of who sealed it, to look at the seal with")


def given_key(arguments: argparse.Namespace) -> PublicKey | None:
    """The public key that was given; None where none was."""
    from schakel.disclosure.signing import read_public_key

    return read_public_key(read_file(arguments.key), Path(arguments.key).name) if arguments.key else None
