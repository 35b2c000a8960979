"""What this room offers in the menu."""

from django.utils.translation import gettext_lazy as _

from chelun.core.menu import MENU, MenuItem

MENU.add(
    "sheets.imports",
    MenuItem(_("导入表格"), "sheets:import_list", "file-spreadsheet", "sheets.import", 10, "sheets"),
)
MENU.add(
    "sheets.exports",
    MenuItem(_("我的导出"), "sheets:export_list", "file-download", "people.export", 20, "sheets"),
)
MENU.add(
    "sheets.layouts",
    MenuItem(_("版式"), "sheets:layout_list", "layout", "layouts.manage", 83, "admin"),
)
