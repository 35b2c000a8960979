"""Readings of place names."""

import pytest

from chelun.platform.regions.pinyin import readings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("紫阳县", ("ziyangxian", "zyx")),
        ("候播乃拖镇", ("houbonaituozhen", "hbntz")),
        ("重庆市", ("chongqingshi", "cqs")),
        ("六安市", ("luanshi", "las")),
        ("长宁区", ("changningqu", "cnq")),
        ("长子县", ("zhangzixian", "zzx")),
        ("郫都区", ("piduqu", "pdq")),
        ("曾都区", ("zengduqu", "zdq")),
        ("单县", ("shanxian", "sx")),
        ("𰝟渡镇", ("duzhen", "dz")),
        ("犍为县", ("qianweixian", "qwx")),
    ],
)
def test_readings_know_place_names(name: str, expected: tuple[str, str]) -> None:
    assert readings(name) == expected
