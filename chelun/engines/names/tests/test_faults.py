"""The catalogue of names: codes are distinct, templates render."""

from chelun.engines.names.faults import ALL_FAULTS


def test_catalogue_is_sound() -> None:
    assert len({kind.code for kind in ALL_FAULTS}) == len(ALL_FAULTS) == 10
    for kind in ALL_FAULTS:
        text = kind(length=31, limit=30).text
        assert text.endswith("。")
        assert "{" not in text
