"""Outlines for maps: one compressed file, kept by the browser for a day and asked for again by its tag."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from chelun.core.pages import PageRequest, own_page
from chelun.platform.regions.outlines import Outline, outline

_A_DAY = 86_400


@own_page
def outline_file(request: PageRequest, code: str) -> HttpResponseBase:
    """GeoJSON of a region's children (000000: the provinces); with ?fine=1 of all counties inside."""
    return outline_response(request, outline(code, fine=request.GET.get("fine") == "1"))


def outline_response(request: HttpRequest, found: Outline) -> HttpResponseBase:
    """Outlines as an answer, or that the browser has them already."""
    tag = f'"{found.tag}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(
            found.compressed, "application/geo+json", headers={"Content-Encoding": "gzip"}
        )
    else:
        response = HttpResponse(found.plain, "application/geo+json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"private, max-age={_A_DAY}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
