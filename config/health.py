"""What a monitor asks: does the service answer, and does its database."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from chelun.core.pages import public_page


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """'ok', or 503 when the database does not answer. Says nothing else to a stranger."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
