"""The OpenAPI document as the NL API Design Rules ask for it: version header, problem details, a contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI

JSON, PROBLEM = "application/json", "application/problem+json"
VERSION_HEADER = {"API-Version": {"description": "The full version of the API.", "schema": {"type": "string"}}}
# Where nobody filled in who runs this installation, addresses that can reach nobody say so.
NOBODY, NOWHERE = "not-filled-in@schakel.invalid", "https://schakel.invalid/nl/over"


class DescribedAPI(NinjaAPI):
    """The API of ninja with a description that tells all that its answers hold."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        contact = {"name": settings.LOKET_OPERATOR or "The operator of this installation", "url": NOWHERE}
        schema["info"]["contact"] = {**contact, "email": settings.LOKET_CONTACT or NOBODY}
        schema["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        schema["paths"] = {path.removeprefix("/api/v1"): operations for path, operations in schema["paths"].items()}
        for operations in schema["paths"].values():
            for operation in operations.values():
                describe(operation["responses"])
        return schema


def describe(responses: dict[Any, Any]) -> None:
    """Add the version header to every answer, and call refusals what they are."""
    for status, response in responses.items():
        response["headers"] = VERSION_HEADER
        if int(status) >= 400 and JSON in response.get("content", {}):
            response["content"][PROBLEM] = response["content"].pop(JSON)
