"""How things are meant: a denial takes back only what it governs, and in doubt a symptom is present."""

from __future__ import annotations

import pytest

from tests.core.small import manners, mentions


@pytest.mark.parametrize(
    "text",
    [
        "no bleeding",
        "i am not bleeding",
        "there isnt any blood",
        "it was without pain or blood",
        "no fever, pain or bleeding",
        "no fever, no bleeding",
        "bleeding: none",
        "bleeding? no",
        "bleeding - nope, fever - yes",
        "bleeding isnt a problem",
        "never had bleeding",
    ],
)
def test_denied(text: str) -> None:
    """What a denial governs is denied: before it, after it, in a list or as an answer."""
    assert manners(text, "bleeding") == ["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "no pain, just blood",
        "no pain but bleeding",
        "no fever only blood",
        "not only pain, blood too",
        "not sure if its blood",
        "never had bleeding like this",
        "it wont stop bleeding",
        "the bleeding is not even slowing down",
        "no, i am bleeding",
        "no its blood",
        "no idea what to do about any of this horrible blood",
        "no pain and im bleeding",
        "not well. bleeding",
        "there is no way to describe how it feels since he left, bleeding",
        "bleeding? no idea why",
    ],
)
def test_not_denied(text: str) -> None:
    """A contrast, a false denial, an emphatic never, a new subject, distance and a new sentence end the denial."""
    assert manners(text, "bleeding") == ["present"]


def test_a_denial_inside_a_symptom_denies_nothing() -> None:
    """The "not" in words that mean a symptom by themselves leaves that symptom and its neighbours present."""
    assert manners("it is not even slowing down", "wont-stop") == ["present"]
    assert manners("plug wont come out", "stuck") == ["present"]


def test_a_denied_relation() -> None:
    """A relation between words is denied when the denial stands between them or in front of them."""
    assert manners("the plug is not stuck", "toy-stuck") == ["denied"]
    assert manners("the plug is stuck", "toy-stuck") == ["present"]


def test_each_mention_has_its_own_manner() -> None:
    """One symptom is denied and another present in the same message."""
    assert manners("not bleeding any more but now a fever", "bleeding") == ["denied"]
    assert manners("not bleeding any more but now a fever", "fever") == ["present"]


@pytest.mark.parametrize(
    "text", ["is it normal to bleed", "does it bleed", "bleeding after sex normal?", "bleeding ok?"]
)
def test_asked(text: str) -> None:
    """A question of a general kind asks about the symptom and does not report it."""
    assert manners(text, "bleeding") == ["asked"]


@pytest.mark.parametrize(
    "text",
    [
        "im bleeding, is it normal to bleed",
        "is it normal that im bleeding",
        "i have been bleeding, is that normal?",
        "is it safe. i am bleeding",
        "bleeding now, ok?",
    ],
)
def test_a_report_inside_a_question(text: str) -> None:
    """A question that reports something real is a report."""
    assert manners(text, "bleeding")[0] == "present"


@pytest.mark.parametrize("text", ["if i bleed what then", "what if it bleeds", "it is for my novel: she bled"])
def test_hypothetical(text: str) -> None:
    """What is only supposed, or told in a story, is hypothetical."""
    assert manners(text, "bleeding") == ["hypothetical"]


def test_a_supposition_about_something_real() -> None:
    """A supposition in a sentence that says how long it has been is real."""
    assert manners("what if the bleeding wont stop its been an hour", "bleeding") == ["present"]


@pytest.mark.parametrize(
    "text",
    ["i bled years ago", "i used to bleed", "it bled in 2015", "it bled 3 months ago", "bled a lot, all better now"],
)
def test_past(text: str) -> None:
    """What was long ago or is over belongs to the past."""
    assert manners(text, "bleeding") == ["past"]


@pytest.mark.parametrize(
    "text", ["i bled yesterday", "bleeding since 2015", "i bled years ago and now i still bleed", "it bled 3 days ago"]
)
def test_not_past(text: str) -> None:
    """What was lately, or goes on, is present."""
    assert manners(text, "bleeding")[-1] == "present"


@pytest.mark.parametrize(
    "text", ["my nose is bleeding", "bleeding gums", "my dog bled from its bum", "the cat is bleeding"]
)
def test_elsewhere(text: str) -> None:
    """A symptom of another part of the body, or of an animal, lies elsewhere and does not count."""
    (one,) = [mention for mention in mentions(text) if mention.concept == "bleeding"]
    assert one.elsewhere
    assert not one.counts


@pytest.mark.parametrize("text", ["bleeding from my bum down my leg", "i am bleeding", "my nose is fine. im bleeding"])
def test_not_elsewhere(text: str) -> None:
    """A symptom counts when its sentence names the bottom too, or no place at all."""
    assert [mention.counts for mention in mentions(text) if mention.concept == "bleeding"] == [True]


def test_figures_of_speech_hide_what_is_inside() -> None:
    """A word inside a figure of speech names nothing, the same word outside it does."""
    assert manners("that was bloody brilliant", "bleeding") == []
    assert manners("my boss is a pain in the neck and my bum is in pain", "pain") == ["present"]


def test_cues_are_no_mentions() -> None:
    """Cues and figures of speech never come out as mentions."""
    names = {mention.concept for mention in mentions("if not now, is it normal, bloody brilliant, blood")}
    assert names == {"bleeding"}


def test_a_mention_counts_when_present_and_here() -> None:
    """Only what is present counts, a denial never."""
    assert [mention.counts for mention in mentions("no blood")] == [False]
    assert [mention.counts for mention in mentions("blood")] == [True]
