"""What stands beside a fact is named for those who hear the page: a source with its day, a moment, or who did it."""

import re

from django.template import Context, Template
from django.utils.translation import override

from chelun.core.ui import Fact

LINES = [
    Fact("姓名", "示例甲", "花名册 2026-11-01 名册 第 3 行"),
    Fact("提出", "张三", when="2026-11-20 15:40"),
    Fact("受理时间", "2026-11-20 15:40", by="李四"),
    Fact("企业", "示例运输有限公司"),
]


def heard(language: str = "zh-hans") -> list[str]:
    """The text beside each fact, as it is read aloud."""
    with override(language):
        page = Template("{% load ui %}{% facts lines %}").render(Context({"lines": LINES}))
    beside = re.findall(r'<dd class="c-facts-source">(.*?)</dd>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in beside]


def test_what_is_no_source_is_not_read_as_one() -> None:
    assert heard() == [
        "来源和日期：花名册 2026-11-01 名册 第 3 行", "时间：2026-11-20 15:40", "经办：李四", "",
    ]  # fmt: skip


def test_english_says_so_too() -> None:
    assert heard("en") == [
        "Source and date: 花名册 2026-11-01 名册 第 3 行", "Time: 2026-11-20 15:40", "Handled by: 李四", "",
    ]  # fmt: skip
