"""Any spelling of a message becomes the same plain words, and each word knows where it stood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.normalise import LONGEST, Respelling, normalise, stem

RESPELLING = Respelling({"u": ("you",), "gonna": ("going", "to")}, {"🩸": "blood", "🌡": "fever"})


def words(text: str) -> list[str]:
    """The plain words of a message."""
    return [token.word for token in normalise(text, RESPELLING).tokens]


def sentences(text: str) -> list[int]:
    """The number of the sentence of each word."""
    return [token.sentence for token in normalise(text, RESPELLING).tokens]


@pytest.mark.parametrize(
    "text",
    [
        "BLEEDING",
        "ｂｌｅｅｄｉｎｇ",
        "bléèding",
        unicodedata.normalize("NFD", "bléèding"),
        "ble\u200bed\u200ding",
        "ble\u00aded\ufeffing",
        "blееding",  # two Cyrillic letters
        "bl𝖊𝖊ding",
        "bleeeeeding",
        "*bleeding*",
        "¿bleeding!!!",
    ],
)
def test_disguised_words_become_plain(text: str) -> None:
    """Case, width, accents, invisible characters, look-alike letters, stretched letters and marks change no word."""
    assert words(text) == ["bleeding"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("can't", ["cant"]),
        ("can’t", ["cant"]),
        ("can not", ["cant"]),
        ("It will not stop", ["it", "wont", "stop"]),
        ("I am not well", ["im", "not", "well"]),
        ("she is not well", ["shes", "not", "well"]),
        ("they did not", ["they", "didnt"]),
        ("did, not", ["did", "not"]),
    ],
)
def test_contractions_have_one_form(text: str, plain: list[str]) -> None:
    """Contractions read the same with and without apostrophe or written out, unless a mark stands between."""
    assert words(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("40mins", ["40", "mins"]),
        ("38.5c", ["38.5", "c"]),
        ("38.5", ["38.5"]),
        ("my a$$", ["my", "ass"]),
        ("p@in", ["pain"]),
        ("$20", ["$20"]),
        ("b4", ["b4"]),
    ],
)
def test_digits_and_leet(text: str, plain: list[str]) -> None:
    """A number parts from its unit, and signs that stand for letters are read as letters only inside a word."""
    assert words(text) == plain


def test_respelling_may_give_several_words() -> None:
    """A variant spelling becomes its plain words, all of them standing where the variant stood."""
    tokens = normalise("u gonna", RESPELLING).tokens
    assert [(token.word, token.start, token.end) for token in tokens] == [("you", 0, 1), ("going", 2, 7), ("to", 2, 7)]


def test_respelling_may_begin_with_a_digit() -> None:
    """A variant spelling that begins with a digit is found as a whole."""
    respelling = Respelling({"2moro": ("tomorrow",)}, {})
    assert [token.word for token in normalise("see u 2moro", respelling).tokens] == ["see", "u", "tomorrow"]


def test_emoji_become_words_of_their_own() -> None:
    """An emoji is a word even when it touches another one, with or without a variation selector."""
    assert words("bum🩸🌡\ufe0fhelp") == ["bum", "blood", "fever", "help"]


def test_offsets_point_into_the_text_as_typed() -> None:
    """Each word can be found again in the message, however it was disguised."""
    text = "Ｏh, it’s 🩸 bl\u200beeding 40mins"
    tokens = normalise(text, RESPELLING).tokens
    typed = [text[token.start : token.end] for token in tokens]
    assert typed == ["Ｏh", "it’s", "🩸", "bl\u200beeding", "40", "mins"]


@pytest.mark.parametrize("end", [".", "!", "?", ";", "\n", "...", " .. "])
def test_sentences_end_at_marks_and_lines(end: str) -> None:
    """Full stops, question and exclamation marks, semicolons and line breaks end a sentence."""
    assert sentences(f"one two{end}three") == [0, 0, 1]


def test_commas_and_decimal_points_end_no_sentence() -> None:
    """A comma, a colon and the point in a number leave the sentence whole."""
    assert sentences("temp: 38.5, and rising") == [0, 0, 0, 0]


def test_marks_in_front_open_no_sentence() -> None:
    """Marks before the first word count for nothing."""
    assert sentences("...!? help") == [0]


def test_questions_are_noted_by_sentence() -> None:
    """The sentences that end in a question mark are known, also the last one."""
    assert normalise("is it? it hurts. why??", RESPELLING).questions == {0, 2}


def test_marks_before_a_word_are_kept() -> None:
    """The punctuation between two words stays with the second one."""
    assert [token.before for token in normalise("pain? no, blood", RESPELLING).tokens] == ["", "?", ","]


def test_a_long_message_is_read_at_both_ends() -> None:
    """Of a message that is too long the first and the last words are read, with their true places."""
    text = "first " + "x " * LONGEST + "last"
    tokens = normalise(text, RESPELLING).tokens
    assert tokens[0].word == "first"
    assert text[tokens[-1].start : tokens[-1].end] == "last"
    assert len(tokens) <= LONGEST


def test_the_cut_in_a_long_message_ends_a_sentence() -> None:
    """Words on either side of the part that was left out do not stand in one sentence."""
    assert set(sentences("a " * LONGEST)) == {0, 1}


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_gives_words_inside_it(text: str) -> None:
    """No text raises, and every word has its place inside the text, in order."""
    places = [(token.start, token.end) for token in normalise(text, RESPELLING).tokens]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


def test_lone_surrogates_are_read_over() -> None:
    """Half a character, as broken input holds it, is no word and no error."""
    assert words("\ud800 help \udfff") == ["help"]


@given(st.text(alphabet="abc 1.,?!'🩸é", max_size=80))
def test_reading_is_stable_in_case(text: str) -> None:
    """Capital letters never change what is read."""
    assert words(text) == words(text.upper())


def test_stems_join_forms_and_keep_some_apart() -> None:
    """Forms of a word share a stem, and words that only look like forms do not."""
    assert stem("bleeding") == stem("bleeds") == stem("bleed")
    assert stem("several") != stem("severe")
    assert stem("number") != stem("numb")
