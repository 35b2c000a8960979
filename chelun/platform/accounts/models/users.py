"""Users and their grants."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.core.scope import Node, Scope, ScopedQuerySet
from chelun.platform.accounts.roles import ROLES, roles_with
from chelun.platform.regions.models import Placed
from chelun.platform.regions.selectors import name_of

if TYPE_CHECKING:
    from chelun.platform.accounts.models.credentials import SecondFactor

REGION = "region"


class UserManager(BaseUserManager["User"]):
    """Makes users; log-in names are compared without case."""

    def get_queryset(self) -> ScopedQuerySet["User"]:
        """All users, to be narrowed by scope."""
        return ScopedQuerySet(self.model, using=self._db)

    def in_scope(self, scope: Scope) -> ScopedQuerySet["User"]:
        """The users whose office lies in the scope."""
        return self.get_queryset().in_scope(scope)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of that log-in name."""
        return self.get(username=(username or "").strip().lower())

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password nobody can log in before the invitation is used."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Placed, AbstractBaseUser):
    """Somebody with an account, in an office of a region. `person_name` is who it is.

    One human may hold several accounts in a small office. The region columns say where the office is, hence
    which administrators see the account; what the user may do, and where, is said by grants alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField("登录名", max_length=60, unique=True)
    person_name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示账号", default=False)
    language = models.CharField("语言", max_length=10, blank=True)
    created_at = models.DateTimeField("开设时间", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("账号")
        indexes = [models.Index(fields=["person_name"], name="accounts_user_person")]

    def __str__(self) -> str:
        return self.username

    @property
    def actor_kind(self) -> str:
        """Always 'user' (chelun.core.actors)."""
        return "user"

    @property
    def actor_name(self) -> str:
        """The log-in name, as the audit trail writes it."""
        return self.username

    @property
    def region_code(self) -> str:
        """The finest region of the office; '' when none is known."""
        return self.township or self.county or self.city or self.province

    @property
    def place_label(self) -> str:
        """The name of the office's region, as every page's head shows it."""
        return name_of(self.region_code) if self.region_code else ""

    def current_grants(self) -> "list[Grant]":
        """All grants of the user, read once per object."""
        if not hasattr(self, "_grants"):
            self._grants = list(Grant.objects.filter(user=self))
        return self._grants

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        return bool(self.scope_for(permission))

    def scope_for(self, permission: str) -> Scope:
        """The nodes on which the permission is held; nothing for an account that is switched off."""
        if not self.is_active:
            return Scope.of(())
        holding = roles_with(permission)
        return Scope.of(grant.node for grant in self.current_grants() if grant.role in holding)

    def confirmed_factor(self) -> "SecondFactor | None":
        """The second factor that is in force, read once per object."""
        if not hasattr(self, "_factor"):
            factor = getattr(self, "second_factor", None)
            self._factor = factor if factor and factor.confirmed_at else None
        return self._factor

    def needs_second_factor(self) -> bool:
        """Whether one of the roles asks for a second factor."""
        return any(ROLES[grant.role].second_factor for grant in self.current_grants() if grant.role in ROLES)


class Grant(models.Model):
    """A role on a node: 'clerk' on ('region', '513436')."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField(
        "角色", max_length=30, choices=[(role.name, role.label) for role in ROLES.values()]
    )
    node_kind = models.CharField("范围类别", max_length=20, default=REGION)
    node_key = models.CharField("范围", max_length=36)
    granted_at = models.DateTimeField("授予时间", auto_now_add=True)

    class Meta:
        verbose_name = _("授权")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "node_kind", "node_key"], name="accounts_grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.node_kind}:{self.node_key}"

    @property
    def node(self) -> Node:
        """The grant's node as a value."""
        return Node(self.node_kind, self.node_key)
