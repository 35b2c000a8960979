"""Addresses of lists keep what was chosen and forget where one had turned to."""

from django.test import RequestFactory

from chelun.core.ui import Address


def test_address_changes_one_name_and_starts_paging_anew() -> None:
    address = Address.of(RequestFactory().get("/people/?q=%E7%94%B2&sort=name&after=7"))
    assert address.get("q") == "甲"
    assert address.having(sort="-name") == "/people/?q=%E7%94%B2&sort=-name"
    assert address.having(q="") == "/people/?sort=name"
    assert address.having(after="9") == "/people/?q=%E7%94%B2&sort=name&after=9"


def test_address_loses_one_of_several_values() -> None:
    address = Address.of(RequestFactory().get("/people/?cols=a&cols=b&cols=a"))
    assert address.all("cols") == ("a", "b", "a")
    assert address.without("cols", "a") == "/people/?cols=b"
    assert address.without("cols") == "/people/"


def test_address_carries_the_others() -> None:
    address = Address("/x/", (("a", "1"), ("b", ""), ("c", "3")))
    assert address.others({"c"}) == [("a", "1")]
    assert address.get("none") == ""
