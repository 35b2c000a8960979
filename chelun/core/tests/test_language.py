"""Chinese in a page that is read in English is marked; nothing else of the page changes."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from chelun.core.language import MarkedChinese, mark_chinese


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>Home</p>", "<p>Home</p>"),
        ("<p>四川省 美姑县</p>", '<p lang="zh-Hans">四川省 美姑县</p>'),
        ('<td class="x"> 沙马·阿依 </td>', '<td class="x" lang="zh-Hans"> 沙马·阿依 </td>'),
        (
            "<p>Row 3 of 名册, 赵安</p>",
            '<p>Row 3 of <bdi lang="zh-Hans">名册</bdi>, <bdi lang="zh-Hans">赵安</bdi></p>',
        ),
        ("<p>川Z·10074</p>", '<p><bdi lang="zh-Hans">川</bdi>Z·10074</p>'),
        ("<p>二〇二三年3月</p>", '<p lang="zh-Hans">二〇二三年3月</p>'),
        ("<br>美姑</p>", '<br><bdi lang="zh-Hans">美姑</bdi></p>'),
        ("<b>甲<i>x</i></b>", '<b><bdi lang="zh-Hans">甲</bdi><i>x</i></b>'),
        ('<button lang="zh-Hans">中文</button>', '<button lang="zh-Hans">中文</button>'),
        ('<option value="1">A 赵安</option>', '<option value="1" lang="zh-Hans">A 赵安</option>'),
        ('<input title="赵安">', '<input title="赵安">'),
        ("<title>赵安 · Chelun</title>", "<title>赵安 · Chelun</title>"),
        ("<textarea>赵安</textarea>", "<textarea>赵安</textarea>"),
        ('<script type="module">"<p>赵安</p>"</script>', '<script type="module">"<p>赵安</p>"</script>'),
    ],
)
def test_chinese_is_marked(page: str, marked: str) -> None:
    assert mark_chinese(page) == marked
    assert mark_chinese(marked) == marked


@pytest.mark.parametrize(
    ("language", "kind", "changes"),
    [("en", "text/html; charset=utf-8", True), ("zh-hans", "text/html", False), ("en", "text/csv", False)],
)
def test_only_pages_in_another_language_change(language: str, kind: str, changes: bool) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>赵安</p>", content_type=kind)

    with override(language):
        content = MarkedChinese(answer)(RequestFactory().get("/")).content.decode()
    assert ("lang=" in content) is changes
