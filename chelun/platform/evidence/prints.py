"""What a picture shows, as a print by which it is known again after resizing, saving anew, or cutting a little off. No Django.

A print says for 16 × 16 fields whether it gets clearly lighter or darker to the right and downwards: four bits a field, none
where it is even. Two prints are as far apart as the share of their bits that they have not in common (Jaccard). Whoever
cuts edges off moves every field, so prints of some cut versions are kept as well, and the whole of one picture is held against
each version of the other. On photos, cards and scanned forms the same picture stays below 0.20 and different ones above
0.23; the test measures it.
"""

from collections.abc import Iterator, Sequence

from PIL import Image

FIELDS = 16
BYTES = FIELDS * FIELDS * 4 // 8
CLEARLY = 3
SAME = 0.20
FEWEST = 40
"""A picture with fewer bits is nearly even (a blank wall, a white sheet) and is like any other of the kind."""
_WORK = 256
_EVEN_CUTS = (0.0, 0.02, 0.04, 0.05, 0.06, 0.08, 0.10)
_SIDES = (
    (0.06, 0, 0, 0), (0, 0.06, 0, 0), (0, 0, 0.06, 0), (0, 0, 0, 0.06),
    (0.05, 0.05, 0, 0), (0, 0.05, 0.05, 0), (0.05, 0, 0, 0.05), (0, 0, 0.05, 0.05),
)  # fmt: skip
_CUTS = (*((cut, cut, cut, cut) for cut in _EVEN_CUTS), *_SIDES)


def prints_of(picture: Image.Image) -> bytes:
    """The prints of a picture, of the whole first; nothing for one that shows too little to be known again."""
    grey = picture.convert("L").resize((_WORK, _WORK), Image.Resampling.LANCZOS)
    found = [_print(_cut(grey, cut)) for cut in _CUTS]
    if found[0].bit_count() < FEWEST:
        return b""
    return b"".join(each.to_bytes(BYTES, "big") for each in found)


def read_prints(packed: bytes) -> tuple[int, ...]:
    """The prints of `prints_of` as numbers."""
    return tuple(int.from_bytes(packed[at : at + BYTES], "big") for at in range(0, len(packed), BYTES))


def distance(one: Sequence[int], other: Sequence[int]) -> float:
    """How far two pictures are apart, from 0 (the same) to 1."""
    if not one or not other:
        return 1.0
    return min(*(_apart(one[0], each) for each in other), *(_apart(other[0], each) for each in one))


def _apart(one: int, other: int) -> float:
    either = (one | other).bit_count()
    return 1 - (one & other).bit_count() / either if either else 1.0


def _cut(grey: Image.Image, cut: tuple[float, float, float, float]) -> Image.Image:
    left, top, right, bottom = cut
    return grey.crop((
        round(_WORK * left), round(_WORK * top), round(_WORK * (1 - right)), round(_WORK * (1 - bottom)),
    ))  # fmt: skip


def _print(grey: Image.Image) -> int:
    small = grey.resize((FIELDS + 1, FIELDS + 1), Image.Resampling.LANCZOS).tobytes()
    found = 0
    for bits in _fields(small):
        found = found << 4 | bits
    return found


def _fields(small: bytes) -> Iterator[int]:
    width = FIELDS + 1
    for row in range(FIELDS):
        for column in range(FIELDS):
            at = row * width + column
            right, down = small[at + 1] - small[at], small[at + width] - small[at]
            yield (right > CLEARLY) << 3 | (right < -CLEARLY) << 2 | (down > CLEARLY) << 1 | (down < -CLEARLY)
