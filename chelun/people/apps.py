"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people app."""

    name = "chelun.people"
    label = "people"
    verbose_name = "登记"
