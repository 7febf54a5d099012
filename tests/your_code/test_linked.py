"""A text in a link comes back to the letter, and whatever else stands there ends in a sentence."""

import base64
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundup.your_code.linked import MAX_CHARACTERS, MAX_LINK, checked, packed, unpacked

TEXTS = st.text(st.characters(blacklist_categories=("Cc", "Cs"), whitelist_characters="\n\t"))


@given(TEXTS)
def test_a_text_comes_back_to_the_letter(text):
    raw = packed(text)
    assert unpacked(raw) == text
    assert set(raw) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def of_bytes(data):
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("", "letters that no packed text has"),
        ("a b", "letters that no packed text has"),
        ("٣٣٣٣", "letters that no packed text has"),
        ("abc", "cut or changed on its way"),
        ("A", "cut or changed on its way"),
        (packed("x = 1\n" * 40)[:-6], "cut or changed on its way"),
        ("x" * (MAX_LINK + 1), "4,001 letters, and 4,000 is the most"),
        (of_bytes(b"\xff\xfe"), "cut or changed on its way"),
        (of_bytes(b"x\0y"), "holds U+0000"),
        (of_bytes(b"x" * (MAX_CHARACTERS + 1)), "20,001 characters, and 20,000 is the most"),
        (of_bytes(b"x" * 2_000_000), "unpacks to more than 20,000 characters"),
    ],
)
def test_what_is_no_packed_text_is_told_in_a_sentence(raw, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        unpacked(raw)


def test_a_bomb_is_never_unpacked_whole(monkeypatch):
    seen = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self):
            self.inner = real()

        def decompress(self, data, most):
            made = self.inner.decompress(data, most)
            seen.append(len(made))
            return made

        @property
        def eof(self):
            return self.inner.eof

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    raw = of_bytes(b"\n" * 3_000_000)
    assert len(raw) <= MAX_LINK
    with pytest.raises(ValueError, match="unpacks to more"):
        unpacked(raw)
    assert max(seen) <= 4 * MAX_CHARACTERS + 1


def test_line_breaks_of_other_systems_become_plain_ones():
    assert checked("a\r\nb\rc\n") == "a\nb\nc\n"
