"""Readings that sound alike: what each set brings together, and that sets only ever bring together."""

from itertools import combinations

import pytest
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from chelun.engines.names import SETS, USUAL_SETS, near_reading

SYLLABLES = sorted(
    {to_normal(said, v_to_u=False) for signs in PINYIN_DICT.values() for said in signs.split(",")}
    - {"hm", "hng", "m", "n", "ng", "ê"}
)
FEW_OR_MOST = [*range(4), *range(len(SETS) - 2, len(SETS) + 1)]
CHOICES = [frozenset(choice) for size in FEW_OR_MOST for choice in combinations(SETS, size)]


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("fei", "hui", "f_h"),
        ("fu", "hu", "f_h"),
        ("fan", "huan", "f_h"),
        ("fou", "hou", "f_h"),
        ("huang", "wang", "h_w"),
        ("hu", "wu", "h_w"),
        ("hui", "wei", "h_w"),
        ("zhang", "zang", "zh_z"),
        ("chen", "cen", "zh_z"),
        ("shao", "sao", "zh_z"),
        ("nie", "lie", "n_l"),
        ("nv", "lv", "n_l"),
        ("rong", "long", "r_l"),
        ("pan", "pang", "an_ang"),
        ("jian", "jiang", "an_ang"),
        ("wan", "wang", "an_ang"),
        ("chen", "cheng", "en_eng"),
        ("jin", "jing", "en_eng"),
        ("yin", "ying", "en_eng"),
        ("wen", "weng", "en_eng"),
        ("yu", "yi", "u_i"),
        ("xue", "xie", "u_i"),
        ("quan", "qian", "u_i"),
        ("jun", "jin", "u_i"),
        ("ge", "guo", "e_uo"),
        ("he", "huo", "e_uo"),
        ("e", "wo", "e_uo"),
        ("zhao", "jiao", "zh_j"),
        ("chen", "qin", "zh_j"),
        ("shi", "xi", "zh_j"),
        ("zhou", "jiu", "zh_j"),
        ("sheng", "xing", "zh_j"),
    ],
)
def test_a_set_brings_two_syllables_together_and_no_other_set_does(one: str, other: str, name: str) -> None:
    assert near_reading(one, frozenset({name})) == near_reading(other, frozenset({name}))
    without = frozenset(SETS) - {name}
    assert near_reading(one, without) != near_reading(other, without)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chen", "zhen"),
        ("liu", "lu"),
        ("lin", "lun"),
        ("wang", "huang"),
        ("yu", "yi"),
        ("long", "lun"),
        ("ma", "mo"),
    ],
)
def test_what_sounds_otherwise_stays_apart(one: str, other: str) -> None:
    assert near_reading(one) != near_reading(other)


def test_whole_names_are_folded_syllable_by_syllable() -> None:
    assert near_reading("chen jian guo") == near_reading("cheng jiang guo")
    assert near_reading("nie fei") == near_reading("lie hui")
    assert near_reading("xi an") != near_reading("xian")


def test_spellings_of_one_sound_are_one() -> None:
    assert (
        near_reading("lyu lyue", frozenset())
        == near_reading("lv lve", frozenset())
        == near_reading("lv lue", frozenset())
    )


def test_what_is_no_syllable_stays() -> None:
    assert near_reading("john \ue000 zh 3") == "john \ue000 zh 3"
    assert near_reading("") == ""


def test_unknown_set_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        near_reading("wang", frozenset({"nothing"}))


def test_without_sets_every_syllable_is_itself() -> None:
    known = [syllable for syllable in SYLLABLES if syllable.isascii()]
    assert len(known) > 400
    assert len({near_reading(syllable, frozenset()) for syllable in known}) == len({*known} - {"lue", "nue"})


def test_a_further_set_never_parts_what_was_together() -> None:
    folded = {sets: [near_reading(syllable, sets) for syllable in SYLLABLES] for sets in CHOICES}
    for sets in CHOICES:
        for further in SETS.keys() - sets:
            if sets | {further} not in folded:
                continue
            together = dict(zip(folded[sets], folded[sets | {further}], strict=True))
            assert [together[key] for key in folded[sets]] == folded[sets | {further}]


def test_usual_sets_are_among_the_sets() -> None:
    assert SETS.keys() > USUAL_SETS
