"""Who a session belongs to: looked up at every request, so with a question that is made once."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from loket.accounts.models import User
from loket.site.prepared import prepared


@prepared
def _user(pk: uuid.UUID) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


class Backend(AuthenticationBackend):
    """allauth's, for the rest: an account that ended is nobody."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = _user.first(user_id if isinstance(user_id, uuid.UUID) else uuid.UUID(str(user_id)))
        return user if user and self.user_can_authenticate(user) else None
