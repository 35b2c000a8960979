"""Periods of use of area codes, and the demo areas."""

from chelun.engines.ids.areas import build_area_history, demo_area, is_demo_area, was_in_use


def test_code_without_changes_is_in_use_throughout() -> None:
    history = build_area_history(["510100"], [])
    assert history["510100"] == ((1980, None),)
    assert history["510101"] == ((1980, None),)


def test_replaced_code_ends_in_the_year_of_the_change() -> None:
    history = build_area_history(["511725"], [(1999, "513030", "511725")])
    assert history == {"513030": ((1980, 1999),), "511725": ((1999, None),)}


def test_code_given_again_has_two_periods() -> None:
    history = build_area_history(["350403"], [(1983, "350403", None), (1990, None, "350403")])
    assert history["350403"] == ((1980, 1983), (1990, None))


def test_contradicting_changes_favour_the_longer_period() -> None:
    history = build_area_history(["340181"], [(1999, None, "340181"), (2011, None, "340181")])
    assert history["340181"] == ((1999, None),)
    history = build_area_history(["340181"], [(1999, "340181", None)])
    assert history["340181"] == ((1980, 1999), (1999, None))
    history = build_area_history([], [(1999, "340181", None), (2001, "340181", None)])
    assert history["340181"] == ((1980, 1999), (2001, 2001))


def test_renamed_area_keeps_its_period() -> None:
    assert build_area_history(["610203"], [(2000, "610203", "610203")]) == {"610203": ((1980, None),)}


def test_was_in_use_includes_both_ends() -> None:
    history = {"513030": ((1980, 1999),)}
    assert was_in_use(history, "513030", 1999, 2026)
    assert not was_in_use(history, "513030", 2000, 2026)
    assert not was_in_use(history, "513031", 1984, 2026)


def test_demo_area_stands_for_its_prefecture() -> None:
    assert demo_area("511725") == "511799"
    assert is_demo_area("511799")
    assert not is_demo_area("511725")
    assert not is_demo_area("99")
