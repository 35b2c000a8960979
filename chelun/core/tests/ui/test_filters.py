"""Chips say which filters are active, and lead to the list without them."""

from django import forms
from django.test import RequestFactory

from chelun.core.ui import Address, chips


class ListFilter(forms.Form):
    """A filter of each kind."""

    q = forms.CharField(label="姓名", required=False)
    kind = forms.MultipleChoiceField(
        label="岗位", required=False, choices=[("货运", [("t", "货车司机")]), ("c", "快递员")]
    )
    stale = forms.BooleanField(label="半年未核对", required=False)
    known = forms.DateTimeField(label="当时所知", required=False)


def test_chips_name_each_value() -> None:
    request = RequestFactory().get("/p/?q=A&kind=t&kind=c&stale=on&sort=name&after=1")
    found = chips(ListFilter(request.GET), Address.of(request))
    assert [(chip.label, chip.value) for chip in found] == [
        ("姓名", "A"),
        ("岗位", "货车司机"),
        ("岗位", "快递员"),
        ("半年未核对", "是"),
    ]
    assert found[1].remove_url == "/p/?q=A&kind=c&stale=on&sort=name"
    assert found[3].remove_url == "/p/?q=A&kind=t&kind=c&sort=name"


def test_chips_of_a_wrong_form_are_none() -> None:
    request = RequestFactory().get("/p/?kind=x")
    assert chips(ListFilter(request.GET), Address.of(request)) == []
    assert chips(ListFilter(), Address.of(request)) == []


def test_chip_of_a_moment_reads_like_a_clock_and_takes_it_away() -> None:
    request = RequestFactory().get("/p/?known=2026-06-01T09:05&q=A")
    q, known = chips(ListFilter(request.GET), Address.of(request))
    assert (q.label, known.value) == ("姓名", "2026-06-01 09:05")
    assert known.remove_url == "/p/?q=A"
