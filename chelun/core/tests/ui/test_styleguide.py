"""The style guide draws every component, and only for those who are logged in."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from chelun.core.samples import SampleForm
from chelun.core.ui.fields import error_links, field_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody without any right."""
    client.force_login(get_user_model()._default_manager.create(username="reader"))
    return client


def test_styleguide_is_for_those_logged_in(client: Client, settings: Settings) -> None:
    settings.LOGIN_URL = "/enter/"
    assert client.get("/styleguide/")["Location"] == "/enter/?next=%2Fstyleguide%2F"


def test_styleguide_shows_every_component(reader: Client) -> None:
    page = reader.get("/styleguide/?q=A").content.decode()
    for name in (
        "c-crumbs",
        "c-stats",
        "c-filters",
        "c-chips",
        "c-table",
        "c-pager",
        "c-facts",
        "c-timeline",
    ):
        assert name in page
    for name in (
        "c-tabs",
        "c-steps",
        "c-progress",
        "c-blank",
        "data-chart",
        "c-file",
        "c-note-warning",
        "c-masked",
    ):
        assert name in page


def test_styleguide_speaks_english(reader: Client) -> None:
    reader.cookies["django_language"] = "en"
    assert "More than 10,000 rows" in reader.get("/styleguide/").content.decode()


def test_refused_form_names_each_error(reader: Client) -> None:
    answer = reader.post("/styleguide/", {"kind": "truck"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_name"' in page
    assert 'href="#id_ways_0"' in page
    assert 'aria-describedby="id_name_hint id_name_error"' in page


def test_field_of_a_whole_form_has_no_target() -> None:
    form = SampleForm({})
    form.add_error(None, "两处不能同时为空。")
    links = error_links(form)
    assert (links[0].text, links[0].target) == ("两处不能同时为空。", "")
    assert field_parts(form["name"])["kind"] == "input"
    assert error_links(SampleForm()) == []


def test_sample_addresses_answer(reader: Client) -> None:
    assert len(reader.get("/styleguide/outlines/").json()["features"]) == 4
    assert "撤销这次导入？" in reader.get("/styleguide/confirm/").content.decode()
