"""What the parts of a page ask for alike is asked once while it is read, and anew at each step of whatever is sent."""

from itertools import count

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from chelun.core.middleware import OneLook
from chelun.core.once import once, one_look


def test_answer_stands_within_one_look_only() -> None:
    numbers = count()
    assert [once("q", lambda: next(numbers)) for _ in range(2)] == [0, 1]
    with one_look():
        assert [once("q", lambda: next(numbers)) for _ in range(3)] == [2, 2, 2]
        assert once("other", lambda: next(numbers)) == 3
        with one_look():
            assert once("q", lambda: next(numbers)) == 4
        assert once("q", lambda: next(numbers)) == 2
    assert once("q", lambda: next(numbers)) == 5


def test_nothing_that_was_found_is_kept_as_an_answer_too() -> None:
    asked = count()

    def nothing() -> None:
        next(asked)

    with one_look():
        assert once("q", nothing) is once("q", nothing) is None
    assert next(asked) == 1


def test_page_that_is_read_looks_once_and_what_is_sent_each_time() -> None:
    numbers = count()

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{once('q', lambda: next(numbers))}{once('q', lambda: next(numbers))}")

    requests, pages = RequestFactory(), OneLook(view)
    assert [pages(requests.get("/")).content, pages(requests.head("/")).content] == [b"00", b"11"]
    assert [pages(requests.post("/")).content, pages(requests.get("/")).content] == [b"23", b"44"]
