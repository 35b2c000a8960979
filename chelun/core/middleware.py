"""What holds for every answer: no browser keeps it; and what services say becomes a page.

Refused → a sentence (422), NotFound → 404, a full disk → a sentence (507).
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.once import one_look
from chelun.core.trouble import is_disk_full

GetResponse = Callable[[HttpRequest], HttpResponse]


class Unkept:
    """No browser and no proxy keeps a page, unless its view says how long."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and mark the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class OneLook:
    """What the parts of a page ask for alike is asked once, while it is only read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_look():
            return self.get_response(request)


class SpokenErrors:
    """Gives a refused action a page that says why, and hides what is out of scope."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for Refused and for a full disk; Http404 for NotFound; anything else goes its way."""
        if isinstance(exception, NotFound):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return render(request, "core/refused.html", {"refusal": exception}, status=422)
        if is_disk_full(exception):
            sentence = _("服务器磁盘已满，刚才这一步没有保存。请告诉系统管理员清出空间，再试一次。")
            return render(
                request, "core/refused.html", {"refusal": Refused("core.disk_full", sentence)}, status=507
            )
        return None
