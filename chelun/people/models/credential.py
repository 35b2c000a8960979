"""Credentials: identity (a kind of paper and who holds it), what sources said, and the card of each place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.people.choices import PaperKind, PaperStatus, Presence
from chelun.people.models.base import (
    Card,
    Past,
    SourceRecord,
    VersionedQuerySet,
    batch_indexes,
    level_indexes,
    past_indexes,
    stale_index,
)
from chelun.people.rules.papers import NO_END, UNKNOWN

HOLDERS = ("person", "enterprise", "vehicle")


class Holding(models.Model):
    """Whose paper: a person's, a firm's or a vehicle's, just one of them."""

    person = models.ForeignKey(
        "people.Person",
        null=True,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="人员",
    )
    enterprise = models.ForeignKey(
        "people.Enterprise",
        null=True,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="企业",
    )
    vehicle = models.ForeignKey(
        "people.Vehicle",
        null=True,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="车辆",
    )

    class Meta:
        abstract = True


def _only(holder: str) -> models.Q:
    """That this one is named, and no other."""
    return models.Q(**{f"{each}__isnull": each != holder for each in HOLDERS})


class Credential(Holding):
    """A paper, once per installation: its kind and its holder. `mark` is a keyed digest of its number where somebody may
    hold several of the kind, else ''.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("证照种类", max_length=20, choices=PaperKind)
    mark = models.CharField("证号索引", max_length=32, blank=True)

    class Meta:
        verbose_name = _("证照")
        constraints = [
            models.CheckConstraint(
                condition=_only("person") | _only("enterprise") | _only("vehicle"), name="credential_of_one"
            ),
            *(
                models.UniqueConstraint(
                    fields=[holder, "kind", "mark"],
                    condition=models.Q(**{f"{holder}__isnull": False}),
                    name=f"credential_{holder}",
                )
                for holder in HOLDERS
            ),
        ]

    def __str__(self) -> str:
        return str(PaperKind(self.kind).label)


class CredentialSource(SourceRecord):
    """What one row said of a paper."""

    credential = models.ForeignKey(
        Credential,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="source_records",
        verbose_name="证照",
    )

    objects = VersionedQuerySet["CredentialSource"].as_manager()

    class Meta:
        verbose_name = _("证照来源记录")
        indexes = [
            models.Index(fields=["credential", "home"], name="credential_source_of"),
            models.Index(fields=["source"], name="credential_source_named"),
            models.Index(fields=["digest"], name="credential_source_digest"),
            *batch_indexes("credential_source"),
        ]

    def __str__(self) -> str:
        return self.source


class CredentialColumns(Holding, Card):
    """What a card says of a paper. Its number lies in `sealed`; who holds it is named by key alone.

    `valid_to` is the last day (the end of time where there is none), `term` whether that is a day, for ever or not known.
    """

    kind = models.CharField("证照种类", max_length=20, choices=PaperKind)
    presence = models.CharField("持有情况", max_length=16, choices=Presence, default=Presence.HELD)
    status = models.CharField("证照状态", max_length=12, choices=PaperStatus, default=PaperStatus.IN_FORCE)
    issuer = models.CharField("发证机关", max_length=120, blank=True)
    grade = models.CharField("等级或类别", max_length=60, blank=True)
    valid_from = models.DateField("有效期起", null=True)
    valid_to = models.DateField("有效期至", default=NO_END)
    term = models.CharField("有效期限", max_length=8, default=UNKNOWN)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(PaperKind(self.kind).label)


class CredentialCard(CredentialColumns):
    """A paper as one place knows it."""

    credential = models.ForeignKey(
        Credential, db_index=False, on_delete=models.CASCADE, related_name="cards", verbose_name="证照"
    )

    objects = VersionedQuerySet["CredentialCard"].as_manager()

    class Meta:
        verbose_name = _("证照档案卡")
        indexes = [
            *level_indexes("ccard", "valid_to", carrying=("kind", "as_of")),
            models.Index(fields=["credential", "home"], name="ccard_credential"),
            *(
                models.Index(
                    fields=[holder],
                    condition=models.Q(**{f"{holder}__isnull": False}),
                    name=f"ccard_{holder}",
                )
                for holder in HOLDERS
            ),
            *batch_indexes("ccard"),
            stale_index("ccard"),
        ]


class CredentialPast(Past, CredentialColumns):
    """Such a card of earlier, as long as somebody may ask what was known then."""

    credential = models.ForeignKey(
        Credential, db_index=False, on_delete=models.CASCADE, related_name="past_cards", verbose_name="证照"
    )

    objects = VersionedQuerySet["CredentialPast"].as_manager()

    class Meta:
        verbose_name = _("证照往期档案卡")
        indexes = past_indexes("cpast", "credential", "valid_to")
