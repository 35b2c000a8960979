"""What sheets may hold of somebody who is erased: no declared table, but files, staged rows and open imports."""

from chelun.platform.privacy.kinds import TRACES
from chelun.platform.sheets.services.traces import SHEETS

TRACES.add(SHEETS.name, SHEETS)
