"""What a declaration does to a view: rights first, then the method; nobody is led out of a piece of a page by mistake."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails
from pytest_django import Settings

from chelun.core.pages import PageRequest, own_page, page, page_of, public_page
from chelun.core.scope import Node, Scope

URLCONF = "chelun.core.tests.test_pages"


class Reader:
    """Somebody with one permission in one place."""

    is_authenticated = True

    def scope_for(self, permission: str) -> Scope:
        return Scope.of([Node("region", "513436")] if permission == "people.view" else [])


@page("people.view")
@require_POST
def act(request: PageRequest) -> HttpResponse:
    return HttpResponse(",".join(sorted(request.scope.keys("region"))))


@page("people.edit")
@require_POST
def forbidden(request: PageRequest) -> HttpResponse:
    return HttpResponse("never")


@own_page
def mine(request: PageRequest) -> HttpResponse:
    return HttpResponse("mine")


def undeclared(request: PageRequest) -> HttpResponse:
    return HttpResponse("nobody said who")


urlpatterns = [
    path("act/", act, name="act"), path("forbidden/", forbidden), path("mine/", mine),
    path("stray/", undeclared, name="stray"), path("public/", public_page(undeclared)),
]  # fmt: skip


def asked(view: Any, method: str = "GET", reader: Any = None, **headers: str) -> HttpResponse:
    request = RequestFactory().generic(method, "/somewhere/?q=1", headers=headers)
    request.user = reader or Reader()  # type: ignore[assignment]
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    answer: HttpResponse = view(request)
    return answer


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_page_looks_at_rights_before_the_method(method: str) -> None:
    assert asked(act, method).status_code == 405
    with pytest.raises(Http404):
        asked(forbidden, method)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_page_takes_no_other_method(method: str) -> None:
    assert asked(mine, method).status_code == 405


def test_page_hands_over_where_the_right_is_held() -> None:
    assert asked(act, "POST").content == b"513436"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("address", ["act/", "forbidden/", "mine/"])
def test_stranger_is_led_to_the_login(client: Client, settings: Settings, method: str, address: str) -> None:
    settings.ROOT_URLCONF, settings.LOGIN_URL = URLCONF, "/enter/"
    answer = client.generic(method, f"/{address}")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/enter/")


def test_stranger_is_led_out_of_a_piece_and_back_to_its_page(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF, settings.LOGIN_URL = URLCONF, "/enter/"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/mine/?part=2"}
    answer = client.get("/act/", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"] == "/enter/?next=%2Fmine%2F%3Fpart%3D2"
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("GET", {}, "/somewhere/?q=1"),
        ("POST", {}, "/"),
        ("POST", {"Referer": "http://testserver/list/?page=2#top"}, "/list/?page=2"),
        ("POST", {"Referer": "http://evil.example/list/"}, "/"),
        ("POST", {"Referer": "//evil.example/"}, "/"),
        ("POST", {"Referer": "javascript:alert(1)"}, "/"),
        ("GET", {"HX-Request": "true", "HX-Current-URL": "http://evil.example/x"}, "/"),
        ("GET", {"HX-Request": "true", "HX-Current-URL": "http://testserver/x/"}, "/x/"),
    ],
)
def test_page_of_reader_is_never_elsewhere(method: str, headers: dict[str, str], expected: str) -> None:
    assert page_of(RequestFactory().generic(method, "/somewhere/?q=1", headers=headers)) == expected


def test_undeclared_url_stops_the_start(settings: Settings) -> None:
    assert [error.id for error in run_checks(tags=["chelun"])] == []
    settings.ROOT_URLCONF = URLCONF
    (error,) = run_checks(tags=["chelun"])
    assert (error.id, error.msg) == ("chelun.E001", "stray is not declared")
