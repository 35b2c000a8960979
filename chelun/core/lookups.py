"""`field__among=values`: what `field__in` means, with hundreds of values as one parameter.

Django takes longer to write them one by one than the database takes to find them.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler

from chelun.core.jsontext import to_json

Sql = tuple[str, tuple[Any, ...]]
if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


class Among(_Lookup):
    """Texts, whole numbers or UUIDs, as they stand in the column."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """SQLite: the values are a JSON array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, to_json(self._values()))  # noqa: S608

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """PostgreSQL: the values are an array of the column's type.

        It stands in a subquery so that the planner, which cannot see how long it is, asks the column's index. Of a table
        that has just grown from nothing it would otherwise read every row.
        """
        column, params = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection)
        return f"{column} = ANY((SELECT %s::{kind}[])::{kind}[])", (*params, self._values())

    def _values(self) -> list[Any]:
        return [value.hex if isinstance(value, UUID) else value for value in self.rhs]


def register() -> None:
    """Let every column be looked up so."""
    Field.register_lookup(Among)
    ForeignObject.register_lookup(Among)
