"""Reads of the registers. Every one takes `scope` first, shows only its rows, and only what is published."""

from chelun.people.selectors.files import (
    EnterpriseFile,
    PersonFile,
    VehicleFile,
    enterprise_file,
    person_file,
    vehicle_file,
)
from chelun.people.selectors.lists import Filters, enterprise_list, person_list, staff_counts, vehicle_list
from chelun.people.selectors.papers import CredentialFile, credential_file, credential_list
from chelun.people.selectors.search import Asked, recognise
from chelun.people.selectors.unresolved import WaitingRow, unresolved_count, unresolved_list, waiting_row

__all__ = [
    "Asked",
    "CredentialFile",
    "EnterpriseFile",
    "Filters",
    "PersonFile",
    "VehicleFile",
    "WaitingRow",
    "credential_file",
    "credential_list",
    "enterprise_file",
    "enterprise_list",
    "person_file",
    "person_list",
    "recognise",
    "staff_counts",
    "unresolved_count",
    "unresolved_list",
    "vehicle_file",
    "vehicle_list",
    "waiting_row",
]
