"""A change that waits for its check keeps a file that is beyond its term."""

import pytest

from chelun.desk.choices import ChangeState
from chelun.desk.models import ChangeRequest
from chelun.desk.selectors import by_open_change
from chelun.desk.services import propose_change
from chelun.people.models import PersonCard
from chelun.people.tests.desk import ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.privacy.services.holds import kept_for_now

pytestmark = pytest.mark.django_db


def test_open_change_holds_and_a_draft_does_not() -> None:
    bring(sheet([("李一", number(11), phone(1), "货车", "", "")]))
    person = PersonCard.objects.get().person_id
    clerk = user_with("clerk", ZIYANG)
    change = propose_change(
        actor=clerk, subject=person, home=ZIYANG, raw={"phone": phone(8)}, reason="换了号码", hand_in=False
    )
    assert kept_for_now("person", ZIYANG, [person]) == {}
    ChangeRequest.objects.filter(pk=change.pk).update(state=ChangeState.FILED)
    assert kept_for_now("person", ZIYANG, [person]) == {person: "desk.changes"}
    assert by_open_change("", ZIYANG, [person]) == {person}
