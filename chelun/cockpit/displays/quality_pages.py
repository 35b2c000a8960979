"""The pages of quality: their tabs, the region that is looked at, their tables on the page and in a workbook."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.displays.listing import Listing
from chelun.cockpit.displays.quality import (
    Opener,
    firm_listing,
    league_listing,
    place_listing,
    source_listing,
    truth_notes,
)
from chelun.cockpit.selectors.indicators import computation_of, home_codes
from chelun.cockpit.selectors.quality import (
    FIRM_ORDER,
    Quality,
    firms_with_gaps,
    league,
    quality_area,
    quality_by_place,
    quality_by_source,
)
from chelun.core.actors import Actor
from chelun.core.scope import Scope
from chelun.core.ui import Address, Tab, capped_count, keyset_page, minute
from chelun.firms.selectors.lights import last_review
from chelun.people.displays.ranks import source_name
from chelun.platform.regions.selectors import name_of, path_of, place, within
from chelun.platform.sheets.writing.export import ExportTable

MOST_FIRMS = 5_000


class QualityPages:
    """What the pages of quality show of a region ('': of all that is the reader's own)."""

    def __init__(self, scope: Scope, actor: Actor, region: str, url_name: str) -> None:
        self.region = region
        self.area = quality_area(scope, region)
        self._scope = scope
        self._actor = actor
        self._url_name = url_name

    @property
    def tabs(self) -> list[Tab]:
        """The four ways to look at it; firms for who may see them."""
        labels = {"quality": _("按来源"), "quality_places": _("按地区"), "quality_truth": _("真实度")}
        if self._actor.has("people.view"):
            labels["quality_firms"] = _("按企业")
        return [Tab(label, self._address(name), name == self._url_name) for name, label in labels.items()]

    @property
    def crumbs(self) -> list[tuple[str, str, bool]]:
        """The regions above the one that is looked at, with the same page of each; all of the reader's own first."""
        found = [(_("我的全部地区"), self._address(self._url_name, ""), not self.region)]
        here = place(self.region) if self.region else None
        for name, code in zip(path_of(self.region), here.path_codes if here else (), strict=False):
            if within(code, self._scope):
                found.append((name, self._address(self._url_name, code), code == self.region))
        return found

    @property
    def table_url(self) -> str:
        """Where the same lies as .xlsx; '' for who may not take it away."""
        if self._url_name == "quality_firms" and not self._actor.has("people.export"):
            return ""
        return self._address(f"{self._url_name}_table")

    @cached_property
    def as_of(self) -> str:
        """When the numbers were computed."""
        if self._url_name == "quality_firms":
            review = last_review()
            return minute(review.started_at) if review else ""
        computation = computation_of(None)
        return minute(computation.computed_at) if computation else ""

    def sources(self, address: Address) -> dict[str, Any]:
        """The page of the sources."""
        return {
            "tables": self._tables([self._sources()], address),
            "lead": _("按来源看：缺什么、退回多少、多久没更新、被别的来源否定多少。"),
        }

    def places(self, address: Address) -> dict[str, Any]:
        """The page of the places."""
        return {
            "tables": self._tables([self._places()], address),
            "lead": _("按地区看，缺得多的排在前面；点地区名看它的下级。"),
        }

    def truth(self, address: Address) -> dict[str, Any]:
        """The page of truthfulness."""
        return {
            "tables": self._tables(self._truth(), address), "notes": truth_notes(),
            "lead": _("比的是真不真，不是多不多：名单上的行，后来被别的来源或窗口印证了多少、否定了多少。"),
        }  # fmt: skip

    def firms(self, address: Address) -> dict[str, Any]:
        """The page of the firms, turned to where the address says."""
        rows = firms_with_gaps(self.area)
        found = keyset_page(rows, FIRM_ORDER, address)
        listing = firm_listing(found.items, Opener(self._actor, "enterprise"))
        return {
            "tables": [listing.table(address)] if found.items else [], "page": found, "count": capped_count(rows),
            "lead": _("按企业看：在册职工的档案缺什么，缺得多的排在前面。"),
        }  # fmt: skip

    def exports(self, kind: str) -> list[ExportTable]:
        """The tables of a page for a workbook."""
        found: dict[str, Any] = {
            "sources": lambda: [self._sources()], "places": lambda: [self._places()], "truth": self._truth,
            "firms": lambda: [firm_listing(list(firms_with_gaps(self.area)[:MOST_FIRMS]), Opener(self._actor, "enterprise"), self._notes())],
        }  # fmt: skip
        return [each.export for each in found[kind]()]

    def _tables(self, listings: Sequence[Listing[Any]], address: Address) -> list[Any]:
        return [each.table(address) for each in listings if each.rows]

    def _sources(self) -> Listing[Quality]:
        return source_listing(quality_by_source(self.area), self._opener("source"), self._notes())

    def _places(self) -> Listing[Quality]:
        rows = [quality for _place, quality in quality_by_place(self._scope, self._region_of_places)[1]]
        return place_listing(rows, self._opener("region"), self._notes())

    def _truth(self) -> list[Listing[Any]]:
        notes = [*truth_notes(), *self._notes()]
        sources = league(quality_by_source(self.area))
        places = league(
            [quality for _place, quality in quality_by_place(self._scope, self._region_of_places)[1]]
        )
        found = [
            league_listing(_("各来源的真实度"), sources, self._opener("source"), source_name, notes),
            league_listing(_("各地区的真实度"), places, self._opener("region"), name_of, notes),
        ]  # fmt: skip
        return [each for each in found if each.rows]

    @property
    def _region_of_places(self) -> str:
        return self.region or home_codes(self._scope)[0]

    def _opener(self, key: str) -> Opener:
        return Opener(self._actor, key, self.region)

    def _notes(self) -> list[str]:
        return [_("数据时间：{when}").format(when=self.as_of)] if self.as_of else []

    def _address(self, url_name: str, region: str | None = None) -> str:
        asked = self.region if region is None else region
        query = f"?{urlencode({'region': asked})}" if asked else ""
        return f"{reverse(f'cockpit:{url_name}')}{query}"
