"""A conversation remembers facts, never text, and only a denial or time takes one back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.blocks import Choice, Choices, Reply, Text
from bot.core.reading import read
from bot.core.session import EXPIRY, FEVER, MOST_ALIKE, MOST_FACTS, Session, StatedFact
from tests.core import small


def heard(*texts: str, now: datetime = small.NOW) -> Session:
    """The session after some messages at one moment."""
    session = Session()
    for text in texts:
        session = session.hear(read(text, small.lexicon()), now)
    return session


def counting(session: Session) -> set[str]:
    """The concepts that count."""
    return {fact.concept for fact in session.facts if fact.counts}


def fact(session: Session, concept: str) -> StatedFact:
    """The one fact of a concept."""
    (one,) = [fact for fact in session.facts if fact.concept == concept]
    return one


def test_facts_add_up() -> None:
    """Facts of earlier turns stay beside those of later ones, and each knows its turn."""
    session = heard("im bleeding", "and now a fever")
    assert counting(session) == {"bleeding", "fever"}
    assert [fact(session, name).turn for name in ("bleeding", "fever")] == [1, 2]


def test_a_denial_takes_back() -> None:
    """An explicit denial removes what was said of that concept before, and of no other."""
    assert counting(heard("im bleeding and sore", "no blood now i think, no bleeding")) == {"pain"}


def test_a_denial_beside_a_statement_takes_nothing_back() -> None:
    """A message that denies and states the same thing leaves it stated."""
    assert "bleeding" in counting(heard("im bleeding", "no blood in the morning. bleeding again"))


def test_silence_takes_nothing_back() -> None:
    """A message about something else removes no fact."""
    assert counting(heard("im bleeding", "which lube is best", "ok thanks")) == {"bleeding"}


def test_asked_and_hypothetical_facts_do_not_count() -> None:
    """What is only asked or supposed is remembered as such and does not count."""
    session = heard("is it normal to bleed", "what if it bleeds")
    assert [fact.manner for fact in session.facts] == ["asked", "hypothetical"]
    assert counting(session) == set()


def test_a_fact_carries_its_times() -> None:
    """How long it lasts and how long ago it was belong to the fact in the same sentence or the one beside it."""
    session = heard("the condom broke 3 days ago. i have an erection for 4 hours")
    assert (fact(session, "exposure").ago, fact(session, "erection").lasting) == (3 * 1440, 240)
    assert fact(heard("my erection. 4 hours now"), "erection").lasting == 240
    assert fact(heard("my erection. its sore. i am ok. been here 4 hours"), "erection").lasting is None


def test_since_gives_both_times() -> None:
    """What is so since a day began then and has lasted until now."""
    one = fact(heard("bleeding since wednesday"), "bleeding")
    assert one.lasting == one.ago == 51 * 60


def test_a_high_temperature_is_a_fever() -> None:
    """A stated temperature from 38 degrees counts as fever, a lower one does not."""
    assert "fever" in counting(heard(f"temp {FEVER}"))
    assert "fever" not in counting(heard("temp 37.5"))
    assert heard("temp 37.5").temperature == 37.5


def test_the_age_sticks() -> None:
    """An age stays known until another is given."""
    assert heard("im 17", "which lube is best").age == 17
    assert heard("im 17", "sorry im 19").age == 19


@pytest.mark.parametrize(("gap", "known"), [(EXPIRY, {"bleeding"}), (EXPIRY + timedelta(seconds=1), set())])
def test_a_conversation_expires(gap: timedelta, known: set[str]) -> None:
    """After half an hour of silence all is forgotten but the settings."""
    session = Session("de", "GB", age=17.0, topic="lube", misses=2, why=("x",), warned=("heavy",), options=("/help",))
    session = session.hear(read("im bleeding", small.lexicon()), small.NOW)
    later = session.hear(read("which lube", small.lexicon()), small.NOW + gap)
    assert counting(later) == known
    assert (later.language, later.country) == ("de", "GB")
    if not known:
        assert later == Session("de", "GB", turn=1, heard_at=small.NOW + gap)


def test_each_message_starts_the_clock_anew() -> None:
    """What counts is the silence since the last message, not the age of the conversation."""
    session = heard("im bleeding")
    for minutes in (20, 40, 60):
        session = session.hear(read("hm", small.lexicon()), small.NOW + timedelta(minutes=minutes))
    assert counting(session) == {"bleeding"}


def test_facts_are_capped() -> None:
    """A very long message leaves a bounded number of facts, and what was said at either end of it stays."""
    endless = "my toy. " * 900
    for text in (f"im bleeding. {endless}", f"{endless} im bleeding"):
        session = heard(text)
        assert len(session.facts) <= MOST_FACTS
        assert len([fact for fact in session.facts if fact.concept == "toy"]) <= 2 * MOST_ALIKE
        assert "bleeding" in counting(session)


def test_a_reply_leaves_its_traces() -> None:
    """Topic, warnings and choices of the reply are remembered, and a topic stays until the next."""
    reply = Reply(
        "answer", (Text(("Hi",)), Choices("?", (Choice("/topic mess", "Mess"),))), flags=("sore",), topic="lube"
    )
    session = Session().after(reply)
    assert (session.topic, session.warned, session.options) == ("lube", ("sore",), ("/topic mess",))
    after = session.after(Reply("chat", ()))
    assert (after.topic, after.warned, after.options) == ("lube", ("sore",), ())


def test_misses_in_a_row_are_counted() -> None:
    """Each miss counts until something is understood."""
    session = Session().after(Reply("abstain", ())).after(Reply("abstain", ()))
    assert session.misses == 2
    assert session.after(Reply("answer", ())).misses == 0


def test_a_fact_elsewhere_does_not_count() -> None:
    """A fact that lies elsewhere on the body is remembered and does not count."""
    session = heard("my nose is bleeding")
    assert fact(session, "bleeding").elsewhere
    assert "bleeding" not in counting(session)


def test_a_clock_that_goes_back_forgets_nothing() -> None:
    """A message with an earlier time than the one before loses no fact."""
    session = heard("im bleeding").hear(read("hm", small.lexicon()), datetime(2026, 11, 20, 14, 0, tzinfo=UTC))
    assert counting(session) == {"bleeding"}
