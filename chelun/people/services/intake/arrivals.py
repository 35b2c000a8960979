"""Writing persons who are new and of whom just one row speaks: all that is left is to find their firms and vehicles."""

from collections.abc import Sequence

from chelun.core.bulk import insert_ready, key_text
from chelun.people.models import DriverTie, Engagement, OwnValue
from chelun.people.services.intake.firms import Firms
from chelun.people.services.intake.newcomers import Newcomer
from chelun.people.services.intake.owned import OWN_FIELDS
from chelun.people.services.intake.plates import Plates
from chelun.people.services.intake.shelf import PERSONS
from chelun.people.services.intake.ties import DRIVER_FIELDS, ENGAGEMENT_FIELDS
from chelun.platform.audit.services import Event
from chelun.platform.sheets.batches import home_of
from chelun.platform.sheets.registers import Intake

_FIRM_OF_CARD = PERSONS.card_fields().index("enterprise_id")
_FIRM_OF_TIE = ENGAGEMENT_FIELDS.index("enterprise_id")
_VEHICLE_OF_TIE = DRIVER_FIELDS.index("vehicle_id")


def write_arrivals(intake: Intake, firms: Firms, plates: Plates, arrivals: Sequence[Newcomer]) -> list[Event]:
    """Insert their source records, cards and ties as they were prepared; what the audit trail says of each."""
    firms.bring({each.firm for each in arrivals})
    plates.bring({each.plate for each in arrivals})
    for each in arrivals:
        _fill_in(each, firms, plates)
    insert_ready(PERSONS.source_model, PERSONS.source_fields(), [each.source for each in arrivals])
    insert_ready(PERSONS.card_model, PERSONS.card_fields(), [each.card for each in arrivals])
    insert_ready(OwnValue, OWN_FIELDS, [row for each in arrivals for row in each.own])
    engagements = [each.engagement for each in arrivals if each.engagement]
    insert_ready(Engagement, ENGAGEMENT_FIELDS, engagements)
    insert_ready(DriverTie, DRIVER_FIELDS, [each.driver for each in arrivals if each.driver])
    home, batch = home_of(intake.place), str(intake.batch or "")
    created, source = "people.person.created", intake.source
    return [
        Event(created, "person", str(each.person), home, source, batch, {}, each.created) for each in arrivals
    ]


def _fill_in(arrival: Newcomer, firms: Firms, plates: Plates) -> None:
    firm, vehicle = firms.find(*arrival.firm), plates.find(*arrival.plate)
    if firm and arrival.engagement:
        arrival.card[_FIRM_OF_CARD] = arrival.engagement[_FIRM_OF_TIE] = key_text(firm.id)
    if vehicle and arrival.driver:
        arrival.driver[_VEHICLE_OF_TIE] = key_text(vehicle)
