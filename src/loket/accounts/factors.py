"""A code of the second step opens one door, once (RFC 6238, 5.2), in whichever process and however fast.

allauth remembers a code that was used in the cache of one process, and for one period; with the tolerance that we allow
it is good for three. Here the last step of time that was used is kept with the factor, in the database.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.exceptions import ValidationError
from django.db import transaction

USED = "used"


class _Once(BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """The code, if it is right and was not used before. One at a time for each person; what a wrong one leaves in
        the log stays."""
        problem: ValidationError | None = None
        with transaction.atomic():
            list(Authenticator.objects.select_for_update().filter(user=self.user))
            try:
                code: str = super().clean_code()
                if self.authenticator.type == Authenticator.Type.TOTP and not _taken(self.authenticator, code):
                    self._emit_authentication_failed(self.authenticator)
                    raise get_adapter().validation_error("incorrect_code")
            except ValidationError as error:
                problem = error
        if problem:
            raise problem
        return code


class Authenticate(_Once, AuthenticateForm):  # type: ignore[misc]
    """To sign in."""


class Reauthenticate(_Once, ReauthenticateForm):  # type: ignore[misc]
    """To show once more who one is."""


def _taken(factor: Any, code: str) -> bool:
    """Use up the step of time that the code belongs to, and all before it; False where that had been done."""
    secret = get_adapter().decrypt(factor.data["secret"])
    steps = [step for step in yield_hotp_counters_from_time()
             if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))]  # fmt: skip
    step = max(steps, default=0)
    if step <= factor.data.get(USED, 0):
        return False
    factor.data[USED] = step
    factor.save(update_fields=["data"])
    return True
