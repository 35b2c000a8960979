"""The same picture is found again after what people do to pictures; different ones are not, alike as they may look."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PIL import Image

from chelun.platform.evidence.prints import BYTES, SAME, distance, prints_of, read_prints
from chelun.platform.evidence.tests.draw import VARIANTS, Picture, card, paper, scene

MANY = 24
KINDS: dict[str, Callable[[int], Picture]] = {"scene": scene, "card": card, "paper": paper}


def prints(picture: Picture) -> tuple[int, ...]:
    return read_prints(prints_of(picture))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("kind", KINDS)
def test_same_picture_is_found_again(kind: str, variant: str) -> None:
    for seed in range(8):
        picture = KINDS[kind](seed)
        assert distance(prints(picture), prints(VARIANTS[variant](picture))) <= SAME, seed


@pytest.mark.parametrize("kind", KINDS)
def test_different_pictures_of_one_kind_are_apart(kind: str) -> None:
    made = [prints(KINDS[kind](seed)) for seed in range(100, 100 + MANY)]
    nearest = min(distance(one, other) for one, other in combinations(made, 2))
    assert nearest > SAME


def test_pictures_of_different_kinds_are_far_apart() -> None:
    made = [prints(KINDS[kind](seed)) for kind in KINDS for seed in range(3)]
    groups = [made[:3], made[3:6], made[6:]]
    for one, other in combinations(groups, 2):
        assert min(distance(a, b) for a in one for b in other) > 2 * SAME


def test_even_picture_has_no_print() -> None:
    assert prints_of(Image.new("RGB", (800, 600), "white")) == b""
    assert distance((), prints(scene(1))) == 1.0


def test_prints_are_read_as_they_were_made() -> None:
    packed = prints_of(scene(2))
    assert len(packed) % BYTES == 0
    assert distance(read_prints(packed), read_prints(packed)) == 0
