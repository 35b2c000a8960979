"""What sheets may hold of somebody who is erased: no declared table, but files, staged rows and open imports."""

from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.kinds import HOLDINGS, TRACES, Holding
from chelun.platform.sheets.services.traces import SHEETS, by_open_import

TRACES.add(SHEETS.name, SHEETS)
HOLDINGS.add("sheets.open", Holding("sheets.open", _("当地有没做完的导入，里面可能还有他"), by_open_import))
