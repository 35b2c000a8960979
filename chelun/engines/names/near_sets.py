"""Sounds that speakers of a dialect, and whoever writes down what they say, do not tell apart.

What lives here: data only, for `near.py`: each set as rules over "initial|final" (zh|ang, |uei), applied in the order of the sets.
What does not: where a dialect is spoken, and who speaks it.
"""

SETS: dict[str, tuple[tuple[str, str], ...]] = {
    "u_i": ((r"\|v", "|i"),),
    "e_uo": ((r"^([gkh]?)\|e$", r"\1|uo"),),
    "f_h": ((r"^f\|u$", "h|u"), (r"^f\|o$", "h|uo"), (r"^f\|ou$", "h|ou"), (r"^f\|", "h|u")),
    "h_w": ((r"^h\|u", "|u"),),
    "zh_j": tuple(
        rule
        for flat, curled in (("j", "zh"), ("q", "ch"), ("x", "sh"))
        for rule in (
            (rf"^{flat}\|i$", f"{curled}|i"),
            (rf"^{flat}\|in", f"{curled}|en"),
            (rf"^{flat}\|i", f"{curled}|"),
        )
    ),
    "zh_z": ((r"^([zcs])h\|", r"\1|"),),
    "n_l": ((r"^n\|", "l|"),),
    "r_l": ((r"^r\|", "l|"),),
    "an_ang": ((r"ang$", "an"),),
    "en_eng": ((r"([ei])ng$", r"\1n"),),
}
"""f_h 飞/灰 · h_w 黄/王 · zh_z 张/臧, 陈/岑, 邵/绍 by flat or curled tongue · n_l 聂/列 · r_l 容/龙 · an_ang 潘/庞 · en_eng 陈/程, 金/荆 ·
u_i 余/易 · e_uo 葛/郭, 何/霍 · zh_j 赵/焦, 陈/秦. The order of the sets counts: what one set brings together no further set parts."""

USUAL_SETS = frozenset({"f_h", "zh_z", "n_l", "an_ang", "en_eng"})
"""What is heard in most of the south; the others join names that are far apart elsewhere, and are asked for one by one."""
