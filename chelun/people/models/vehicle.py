"""Vehicles: identity (plate and colour), what sources said, the card of each place, and who drives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.people.choices import Energy, PlateColour, WorkKind
from chelun.people.models.base import (
    Card,
    Past,
    SourceRecord,
    Versioned,
    VersionedQuerySet,
    batch_indexes,
    level_indexes,
    mention_index,
    past_indexes,
    stale_index,
)


class Vehicle(models.Model):
    """A vehicle, once per installation: plate *and* colour, never the plate alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plate = models.CharField("车牌", max_length=12)
    colour = models.CharField("车牌颜色", max_length=2, choices=PlateColour, blank=True)

    class Meta:
        verbose_name = _("车辆")
        constraints = [models.UniqueConstraint(fields=["plate", "colour"], name="vehicle_once")]

    def __str__(self) -> str:
        return self.plate


class VehicleSource(SourceRecord):
    """What one row said of a vehicle."""

    vehicle = models.ForeignKey(
        Vehicle, db_index=False, on_delete=models.CASCADE, related_name="source_records", verbose_name="车辆"
    )

    objects = VersionedQuerySet["VehicleSource"].as_manager()

    class Meta:
        verbose_name = _("车辆来源记录")
        indexes = [
            models.Index(fields=["vehicle", "home"], name="vehicle_source_of"),
            models.Index(fields=["source"], name="vehicle_source_named"),
            models.Index(fields=["digest"], name="vehicle_source_digest"),
            *batch_indexes("vehicle_source"),
        ]

    def __str__(self) -> str:
        return self.source


class VehicleColumns(Card):
    """What a card says of a vehicle."""

    plate = models.CharField("车牌", max_length=12)
    colour = models.CharField("车牌颜色", max_length=2, choices=PlateColour, blank=True)
    kind = models.CharField("用途", max_length=20, choices=WorkKind, blank=True)
    vehicle_type = models.CharField("车辆类型", max_length=60, blank=True)
    energy = models.CharField("能源类型", max_length=10, choices=Energy, blank=True)
    gross_mass = models.DecimalField("总质量（吨）", max_digits=6, decimal_places=2, null=True)
    tonnage = models.DecimalField("核定载质量（吨）", max_digits=6, decimal_places=2, null=True)
    trailer = models.BooleanField("挂车", default=False)
    trailer_plate = models.CharField("所挂挂车车牌", max_length=12, blank=True)
    enterprise = models.ForeignKey(
        "people.Enterprise",
        null=True,
        db_index=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="所属企业",
    )
    enterprise_name = models.CharField("所属企业名称", max_length=120, blank=True)
    mentioned_only = models.BooleanField("仅被提及", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.plate


NARROWED_BY = ("kind", "colour", "energy", "gross_mass", "trailer", "mentioned_only", "as_of", "missing")


class VehicleCard(VehicleColumns):
    """A vehicle as one place knows it."""

    vehicle = models.ForeignKey(
        Vehicle, db_index=False, on_delete=models.CASCADE, related_name="cards", verbose_name="车辆"
    )

    objects = VersionedQuerySet["VehicleCard"].as_manager()

    class Meta:
        verbose_name = _("车辆档案卡")
        indexes = [
            *level_indexes("vcard", "plate", carrying=NARROWED_BY),
            models.Index(fields=["vehicle", "home"], name="vcard_vehicle"),
            models.Index(fields=["enterprise", "plate"], name="vcard_enterprise"),
            *batch_indexes("vcard"),
            stale_index("vcard"),
            mention_index("vcard"),
        ]


class VehiclePast(Past, VehicleColumns):
    """Such a card of earlier, as long as somebody may ask what was known then."""

    vehicle = models.ForeignKey(
        Vehicle, db_index=False, on_delete=models.CASCADE, related_name="past_cards", verbose_name="车辆"
    )

    objects = VersionedQuerySet["VehiclePast"].as_manager()

    class Meta:
        verbose_name = _("车辆往期档案卡")
        indexes = past_indexes("vpast", "vehicle", "plate")


class DriverTie(Versioned):
    """That a person drives a vehicle, as a source said."""

    person = models.ForeignKey(
        "people.Person",
        db_index=False,
        on_delete=models.CASCADE,
        related_name="vehicles",
        verbose_name="人员",
    )
    vehicle = models.ForeignKey(
        Vehicle, db_index=False, on_delete=models.CASCADE, related_name="drivers", verbose_name="车辆"
    )
    from_date = models.DateField("起", null=True)
    to_date = models.DateField("止", null=True)

    objects = VersionedQuerySet["DriverTie"].as_manager()

    class Meta:
        verbose_name = _("驾驶关系")
        indexes = [
            models.Index(fields=["person", "home"], name="driver_person"),
            models.Index(fields=["vehicle", "home"], name="driver_vehicle"),
            *batch_indexes("driver"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.vehicle_id}"
