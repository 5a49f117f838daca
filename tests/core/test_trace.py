"""The explanation tells every stage, and a person's own words only when asked for."""

from __future__ import annotations

from bot.core.trace import Trace, explain
from tests.core import small


def trace(text: str) -> Trace:
    """The trace of one message."""
    got = small.talk(text).trace
    assert got is not None
    return got


def lines(text: str, words: bool = False) -> str:
    """The explanation of one message."""
    return "\n".join(explain(trace(text), small.lexicon(), words))


def test_every_stage_is_told() -> None:
    """Mentions, measures, flags with their facts, answers and the decision are explained."""
    told = lines("no pain, my bum is bleeding for 2 hours. which lube is best")
    assert "pain: denied" in told
    assert "bleeding: present" in told
    assert "lasting: 120 minutes" in told
    assert "urgent: bleeding [] because of bleeding (present)" in told
    assert "lube" in told.partition("Answers, best first:")[2]
    assert told.endswith("Decision: alert")


def test_a_raised_level_names_its_reason() -> None:
    """What raised a level is told."""
    assert "emergency: bleeding [] because of bleeding (present); raised by pregnant" in lines(
        "im pregnant and bleeding"
    )


def test_rows_of_evidence_are_named() -> None:
    """A flag is explained with the rows of the evidence table it stands for."""
    assert "heavy [RF01]" in lines("blood everywhere")


def test_a_place_elsewhere_is_told() -> None:
    """What lies elsewhere on the body is said to."""
    assert "bleeding: present, elsewhere than where I can help" in lines("my nose is bleeding")


def test_nothing_understood_is_told() -> None:
    """A message without meaning is explained as that, stage by stage."""
    told = lines("zebra carburettor")
    assert "no concept that I know" in told
    assert told.count("  none") == 2


def test_words_show_only_when_asked_for() -> None:
    """The person's own words stand in the explanation only where they see it themselves."""
    assert "bleding" not in lines("my plug has bleding zebra")
    told = lines("my plug has bleding zebra", words=True)
    assert "'bleding' was also read as 'bleeding'" in told
    assert '"plug"' in told


def test_runners_up_are_told() -> None:
    """The finding after the first is named as the runner-up."""
    assert "runner-up: urgent: assault" in lines("he raped me, blood everywhere")
