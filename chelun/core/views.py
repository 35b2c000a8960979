"""Pages that belong to no room: the choice of language, and the style guide that shows every component."""

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from chelun.core import samples
from chelun.core.pages import PageRequest, own_page, public_page
from chelun.core.ui import Address


@public_page
@require_POST
def language(request: PageRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to where the reader was."""
    return set_language(request)


@own_page
def styleguide(request: PageRequest) -> HttpResponse:
    """Every component with invented data; for those who build pages, linked from nowhere. A POST shows a refused form."""
    form = (
        samples.SampleForm(request.POST, request.FILES) if request.method == "POST" else samples.SampleForm()
    )
    context = samples.everything(Address.of(request)) | {
        "form": form,
        "filter_form": samples.SampleFilter(request.GET),
    }
    return render(request, "core/styleguide.html", context, status=422 if form.errors else 200)


@own_page
def styleguide_outlines(request: PageRequest) -> HttpResponse:
    """Four invented areas for the sample map."""
    return JsonResponse(samples.outlines())


@own_page
def styleguide_confirm(request: PageRequest) -> HttpResponse:
    """What a page looks like that asks before something is undone."""
    return render(
        request,
        "core/confirm.html",
        {
            "heading": _("撤销这次导入？"),
            "text": _("撤销后，这次导入新增的 349 人将从名册移走，操作会记入审计。"),
            "button": _("撤销导入"),
            "cancel_url": "/styleguide/",
        },
    )
