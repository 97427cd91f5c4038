"""The alphabetical order of Chinese words: that of their pronunciation in pinyin.

The character set GB 2312 holds its 3755 commonest characters in this order. A rarer character,
and one that is pronounced otherwise in our words, is sorted as a common one of the same sound.
"""

from __future__ import annotations

import re
from bisect import bisect

COMMON = range(0xB0, 0xD8)  # the first byte of the characters in the order of pinyin
SAME_SOUND = {"熵": "商", "阈": "玉", "弹": "谈", "率": "律", "差": "叉", "奇偶": "基偶"}
FIRST = {  # the first character of each letter; no syllable begins with I, U or V
    "A": "啊", "B": "芭", "C": "擦", "D": "搭", "E": "蛾", "F": "发", "G": "噶", "H": "哈",
    "J": "击", "K": "喀", "L": "垃", "M": "妈", "N": "拿", "O": "哦", "P": "啪", "Q": "期",
    "R": "然", "S": "撒", "T": "塌", "W": "挖", "X": "昔", "Y": "压", "Z": "匝",
}  # fmt: skip


def key(word: str) -> bytes:
    """What to sort Chinese words by. ValueError if the order of a character is not known."""
    letters = re.sub(r"[\W_]", "", word.casefold())
    for written, sounded in SAME_SOUND.items():
        letters = letters.replace(written, sounded)
    for letter in letters:
        if not letter.isascii() and letter.encode("gb2312", "replace")[0] not in COMMON:
            raise ValueError(
                f"{letter!r} in {word!r} is no common character: add one of the same sound to "
                "SAME_SOUND."
            )
    return letters.encode("gb2312")


def initial(word: str) -> str:
    """The letter with which the word is pronounced, or its own if it begins with a Latin one."""
    if word[0].isascii():
        return word[0].upper()
    firsts = [character.encode("gb2312") for character in FIRST.values()]
    return [*FIRST][bisect(firsts, key(word)[:2]) - 1]
