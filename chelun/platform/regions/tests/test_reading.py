"""Places named in cells of a roster."""

import pytest

from chelun.platform.regions.reading import region_from_text

pytestmark = pytest.mark.usefixtures("places")


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("四川省凉山州美姑县候播乃拖镇", "", "513436105"),
        ("四川省凉山彝族自治州美姑县", "", "513436"),
        ("中国四川 美姑", "", "513436"),
        ("美姑县候播乃拖镇某村3组", "513436", "513436105"),
        ("候播乃拖", "513436", "513436105"),
        ("候播乃拖镇", "513400", "513436105"),
        ("紫陽縣城關鎮", "", "610924100"),
        ("城关镇", "610924", "610924100"),
        ("陕西省紫阳县城关镇河堤路", "513436", "610924100"),
        ("安康·紫阳", "513436", "610924"),
        ("乐山市市中区", "", "511102"),
        ("招远市罗峰街道办", "370685", "370685001"),
        ("余杭", "330100", "330110"),
        ("仙桃市", "", "429004"),
        ("东莞市虎门镇", "", "441900"),
        ("石河子", "", "659001"),
        ("610924", "", "610924"),
        ("513425", "", "513402"),
        # names of old
        ("会理县", "", "513402"),
        ("会理县", "513400", "513402"),
        ("崇庆县", "", "510184"),
        # ambiguous, unknown, nothing: no guess
        ("城关镇", "", None),
        ("候播乃拖", "", None),
        ("朝阳区某街道", "513436", "110105"),
        ("本地", "513436", None),
        ("某村三组", "513436", None),
        ("紫阳路", "", None),
        ("不详", "", None),
        ("", "513436", None),
        ("县", "", None),
    ],
)
def test_region_from_text_reads_a_cell(text: str, within: str, code: str | None) -> None:
    assert region_from_text(text, within) == code


def test_region_from_text_gives_the_place_above_an_ambiguous_name() -> None:
    assert region_from_text("湖北省市中区") == "420000"
    assert region_from_text("杭州市余杭", "330100") == "330110"
