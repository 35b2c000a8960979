"""What the registers have in common: source records, cards, and rows that become visible with their batch.

An *identity* (Person, Enterprise, Vehicle) exists once per installation and carries nothing to look at. A *source
record* is what one row of one source said about it in one place. A *card* is what that place knows today: the best
value of each field from its source records. A reader sees cards and source records of his own places only.
"""

from collections.abc import Collection, Iterable
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from chelun.core.identifiers import uuid7
from chelun.core.scope import ScopedQuerySet
from chelun.platform.regions.models import Placed

M = TypeVar("M", bound=models.Model)


class VersionedQuerySet(ScopedQuerySet[M]):
    """Rows that show or hide together with their batch."""

    def visible(self, hidden: Collection[UUID]) -> Self:
        """The rows that readers see while the batches in `hidden` are not published."""
        if not hidden:
            return self.filter(superseded_by=None)
        shown = Q(superseded_by=None) | Q(superseded_by__in=hidden)
        return self.filter(shown, Q(batch=None) | ~Q(batch__in=hidden))

    def standing(self, batch: UUID | None, hidden: Collection[UUID]) -> Self:
        """What a writer builds on: for a batch what will stand with it, for the single door what readers see."""
        return self.filter(superseded_by=None) if batch else self.visible(hidden)


class Versioned(Placed):
    """A row that a batch brings or supersedes. `home` is the finest of county, city, province: whose row it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField("所属地区", max_length=6)
    batch = models.UUIDField("批次", null=True)
    superseded_by = models.UUIDField("取代批次", null=True)

    class Meta:
        abstract = True


class SourceRecord(Versioned):
    """What one row of one source said. Never changed; taken back only as a whole, and then it stays, out of sight.

    Known from the moment its batch showed (of the single door: `known_at`) until the batch that took it back showed.

    `facts` holds what may lie in the clear, `sealed` the rest under the subject's own key; `digest` is the keyed
    digest of all facts, by which the same content is known again.
    """

    source = models.CharField("来源", max_length=60)
    as_of = models.DateField("数据日期")
    known_at = models.DateTimeField("得知时间")
    door = models.CharField("入口", max_length=8)
    sheet = models.CharField("表", max_length=60, blank=True)
    row_number = models.PositiveIntegerField("行号", null=True)
    digest = models.CharField("内容摘要", max_length=32)
    facts = models.JSONField("事实", default=dict)
    sealed = models.BinaryField("加密的事实")

    class Meta:
        abstract = True


class Card(Versioned):
    """What one place knows of a subject today, as one row that lists and searches can read.

    `stale` marks a card of a hidden batch that the single door has overtaken; publication computes it anew.
    """

    sources = models.PositiveSmallIntegerField("来源数", default=1)
    as_of = models.DateField("数据日期")
    updated_at = models.DateTimeField("更新时间")
    missing = models.CharField("缺项", max_length=120, blank=True)
    sealed = models.BinaryField("加密的现值")
    stale = models.BooleanField("待重算", default=False)

    class Meta:
        abstract = True


class Past(models.Model):
    """What makes a card one of the past: from when until when readers saw it. Kept for the question what a list showed then."""

    known_from = models.DateTimeField("得知时间")
    known_to = models.DateTimeField("失效时间")

    class Meta:
        abstract = True


def past_indexes(prefix: str, subject: str, *fields: str) -> list[models.Index]:
    """As `level_indexes` for cards of the past, whose span decides what shows; and the cards of a subject."""
    levels = [
        models.Index(fields=[level, *fields, "id", "known_from", "known_to"], name=f"{prefix}_{level}")
        for level in ("province", "city", "county")
    ]
    return [*levels, models.Index(fields=[subject, "home"], name=f"{prefix}_of")]


def level_indexes(
    prefix: str, *fields: str, only: Q | None = None, carrying: Iterable[str] = ()
) -> list[models.Index]:
    """One index per level on (level, fields…): equality on a level column is what makes a million rows quick.

    Whether a row shows is in it as well: while a large batch is hidden, a list passes over its rows without reading them.
    `only` such rows are in it: the few that somebody looks for among all. `carrying`: what the lists are narrowed by, short
    columns all; a list of what hardly any row says passes over a million entries in 0.1 s, and over the rows themselves in 3.
    """
    shown = ("id", "batch", "superseded_by", *carrying)
    return [
        models.Index(fields=[level, *fields, *shown], name=f"{prefix}_{level}", condition=only)
        for level in ("province", "city", "county")
    ]


def batch_indexes(prefix: str) -> list[models.Index]:
    """What publication, undo and sweep look up: a batch's standing rows, and those that it superseded.

    Each step takes some hundred of perhaps a million rows, so none may pass over those that are dealt with.
    """
    superseded = Q(superseded_by__isnull=False)
    return [
        models.Index(fields=["batch", "superseded_by"], name=f"{prefix}_batch"),
        models.Index(fields=["superseded_by", "id"], condition=superseded, name=f"{prefix}_gone"),
    ]


def stale_index(prefix: str) -> models.Index:
    """A batch's cards that the single door has overtaken; nearly always none."""
    return models.Index(fields=["batch", "superseded_by"], condition=Q(stale=True), name=f"{prefix}_stale")


def mention_index(prefix: str) -> models.Index:
    """A batch's cards of what it only mentions, in the order in which an undoing looks at them."""
    return models.Index(fields=["batch", "id"], condition=Q(mentioned_only=True), name=f"{prefix}_mentioned")


Values = dict[str, Any]
