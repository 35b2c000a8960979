"""Pictures for the tests, drawn from a seed: scenes, cards of one kind, scanned forms; and what people do to them."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Picture = Image.Image


def scene(seed: int, size: tuple[int, int] = (1200, 900)) -> Picture:
    """Something like a photo: light from above, many things of many colours."""
    dice = random.Random(seed)
    picture = Image.new("RGB", size)
    pen = ImageDraw.Draw(picture)
    for y in range(0, size[1], 4):
        light = 255 * y // size[1]
        pen.rectangle(
            [0, y, size[0], y + 4],
            fill=(min(255, light + dice.randint(0, 10)), light * dice.randint(50, 90) // 100, 255 - light),
        )
    for _ in range(dice.randint(8, 30)):
        x, y, wide, high = (
            dice.randint(-100, size[0]),
            dice.randint(-100, size[1]),
            dice.randint(30, 400),
            dice.randint(30, 400),
        )
        draw = pen.ellipse if dice.random() < 0.5 else pen.rectangle
        draw([x, y, x + wide, y + high], fill=tuple(dice.randint(0, 255) for _ in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(dice.choice([0, 1, 2])))


def card(seed: int) -> Picture:
    """A card of one kind: the same frame, another portrait and other words."""
    dice = random.Random(seed)
    picture = Image.new("RGB", (1000, 640), (235, 240, 250))
    pen = ImageDraw.Draw(picture)
    pen.rectangle([20, 20, 980, 620], outline=(90, 110, 160), width=6)
    pen.rectangle([680, 120, 940, 460], fill=tuple(dice.randint(60, 200) for _ in range(3)))
    pen.ellipse([740, 160, 880, 330], fill=tuple(dice.randint(120, 220) for _ in range(3)))
    for line in range(6):
        for word in range(dice.randint(4, 14)):
            left, top = 160 + word * 30, 90 + 80 * line
            pen.rectangle([left, top, left + dice.randint(6, 24), top + 34], fill=(20, 20, 20))
    return picture


def paper(seed: int) -> Picture:
    """A scanned form: the same lines on white, other entries."""
    dice = random.Random(seed)
    picture = Image.new("RGB", (1000, 1400), (252, 252, 250))
    pen = ImageDraw.Draw(picture)
    for x in (80, 300, 520, 740, 920):
        pen.line([x, 200, x, 1300], fill=(60, 60, 60), width=3)
    for y in range(200, 1301, 110):
        pen.line([80, y, 920, y], fill=(60, 60, 60), width=3)
        for x in (80, 300, 520, 740):
            for place in range(dice.randint(0, 6) if y < 1300 else 0):
                left = x + 15 + place * 28
                pen.rectangle([left, y + 40, left + dice.randint(8, 22), y + 66], fill=(20, 20, 20))
    return picture


def saved(picture: Picture, quality: int = 90, **further: object) -> bytes:
    """As a .jpg."""
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, **further)
    return target.getvalue()


def cut(picture: Picture, left: float, top: float, right: float, bottom: float) -> Picture:
    """Without these shares of its edges."""
    wide, high = picture.size
    return picture.crop(
        (int(wide * left), int(high * top), int(wide * (1 - right)), int(high * (1 - bottom)))
    )


def again(picture: Picture, quality: int) -> Picture:
    """Saved anew and opened."""
    return Image.open(io.BytesIO(saved(picture, quality))).convert("RGB")


VARIANTS: dict[str, Callable[[Picture], Picture]] = {
    "smaller": lambda picture: picture.resize((picture.width // 3, picture.height // 3)),
    "saved badly": lambda picture: again(picture, 30),
    "small and bad": lambda picture: again(picture.resize((640, 480)), 20),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.15),
    "paler": lambda picture: ImageEnhance.Contrast(picture).enhance(0.85),
    "edges cut by 3 %": lambda picture: cut(picture, 0.03, 0.03, 0.03, 0.03),
    "edges cut by 5 %": lambda picture: cut(picture, 0.05, 0.05, 0.05, 0.05),
    "edges cut by 8 %": lambda picture: cut(picture, 0.08, 0.08, 0.08, 0.08),
    "left edge cut": lambda picture: cut(picture, 0.06, 0, 0, 0),
    "lower edge cut": lambda picture: cut(picture, 0, 0, 0, 0.06),
    "corner cut": lambda picture: cut(picture, 0.05, 0.05, 0, 0),
    "cut, smaller, saved badly": lambda picture: again(
        cut(picture, 0.05, 0.05, 0.05, 0.05).resize((700, 500)), 30
    ),
}
