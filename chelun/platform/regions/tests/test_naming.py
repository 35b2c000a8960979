"""Forms of a name."""

import pytest

from chelun.platform.regions.naming import forms_of


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("紫阳县", ("紫阳县", "紫阳")),
        ("唐县", ("唐县",)),
        ("凉山彝族自治州", ("凉山彝族自治州", "凉山州", "凉山")),
        ("双江拉祜族佤族布朗族傣族自治县", ("双江拉祜族佤族布朗族傣族自治县", "双江县", "双江")),
        ("广西壮族自治区", ("广西壮族自治区", "广西")),
        ("内蒙古自治区", ("内蒙古自治区", "内蒙古")),
        ("石桥苗族土家族乡", ("石桥苗族土家族乡", "石桥乡", "石桥")),
        ("余杭街道", ("余杭街道", "余杭", "余杭街道办事处", "余杭街道办")),
        ("神农架林区", ("神农架林区", "神农架")),
    ],
)
def test_forms_are_those_people_write(name: str, forms: tuple[str, ...]) -> None:
    assert forms_of(name) == forms
