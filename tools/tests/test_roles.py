"""The page on roles says what the table of rights says."""

from chelun.platform.accounts.roles import PERMISSIONS, ROLES
from tools.roles import PATH, english, page


def test_roles_page_is_up_to_date() -> None:
    assert PATH.read_text("utf-8") == page(), "run: python -m tools.roles"


def test_roles_page_is_in_both_languages() -> None:
    texts = [*PERMISSIONS.values(), *(role.label for role in ROLES.values())]
    assert all(english(text) for text in texts)
