"""Files that come in by a form: read into memory only, no further than the limit, and never written to disk."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from loket.site import errors

View = Callable[..., HttpResponse]


class InMemory(FileUploadHandler):
    """Keeps the parts of a file, one byte further than `LOKET_FILE_BYTES`: enough to tell that it is too large.

    The rest is read and let go, so that the form around it stays whole. How large a request may be at all was looked at
    before (`loket.site.middleware.largest`).
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data[: max(0, settings.LOKET_FILE_BYTES + 1 - self.file.tell())])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip


def takes_file(view: View) -> View:
    """The page takes a file. Who it comes from is known before it is read; where it comes from is checked after.

    A file that is too large gets the page that says so: no view ever sees a part of one.
    """

    @functools.wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any((file.size or 0) > settings.LOKET_FILE_BYTES for file in request.FILES.values()):
            return errors.page(request, 413)
        return view(request, *args, **kwargs)

    guarded = csrf_protect(whole)

    @functools.wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [InMemory(request)]
        return guarded(request, *args, **kwargs)

    return inside


def file_page(page: Callable[[View], View]) -> Callable[[View], View]:
    """`page` (who may come in) around a view that takes a file."""

    def wrap(view: View) -> View:
        return csrf_exempt(page(takes_file(view)))

    return wrap
