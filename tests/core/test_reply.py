"""Urgency comes before everything, an answer comes whole, and a miss is honest and never repeats itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.core.blocks import AlertCard, Block, Bullets, Choices, Reply, Sources, Text
from bot.core.match import MARGIN, POSSIBLE, SURE, SURE_CHAT, SURE_ELSEWHERE, SURE_OUTSIDE, Match
from bot.core.reply import Found, compose, groups_menu, is_minor
from bot.core.session import Session
from bot.core.triage import Verdict
from bot.core.wording import Wording
from tests.core import small

NOTHING = Verdict("none", ())


def kinds(reply: Reply) -> list[type[Block]]:
    """The kinds of the blocks of a reply, in order."""
    return [type(block) for block in reply.blocks]


def said(reply: Reply) -> str:
    """Everything in the texts of a reply."""
    return "\n".join(line for block in reply.blocks if isinstance(block, Text) for line in block.paragraphs)


def composed(*scores: tuple[str, float], session: Session | None = None, **found: Any) -> Reply:
    """The reply to a message without red flags that has these matches."""
    matches = tuple(Match(topic, score, "") for topic, score in scores)
    return compose(small.book(), session or Session(country="GB"), NOTHING, Found(matches, **found))


@pytest.mark.parametrize(
    "text", ["my plug is stuck", "blood everywhere, which lube is best", "which lube is best. he raped me"]
)
def test_an_urgent_message_gets_the_card_alone(text: str) -> None:
    """From urgent upwards the card stands alone, whatever else was asked."""
    reply = small.talk(text).reply
    assert kinds(reply) == [AlertCard]
    assert (reply.outcome, reply.topic, reply.suggestions) == ("alert", None, ())


def test_an_emergency_goes_on_until_it_is_over() -> None:
    """After an emergency a question is answered with the emergency again, in short."""
    reply = small.talk("blood everywhere", "which lube is best").reply
    (card,) = reply.blocks
    assert isinstance(card, AlertCard)
    assert (reply.level, card.action, card.do) == ("emergency", "Call 999 now.", ())


def test_an_urgent_warning_is_recalled_beside_the_answer() -> None:
    """After an urgent card another question is answered, and the card is recalled in one line in front of it."""
    reply = small.talk("im bleeding", "which lube is best").reply
    assert isinstance(reply.blocks[0], Text)
    assert reply.blocks[0].paragraphs == ("Still urgent. Act on bleeding.",)
    assert (reply.level, reply.topic) == ("urgent", "lube")


def test_a_new_symptom_brings_the_whole_card_again() -> None:
    """Something new that is urgent gives its card in full."""
    reply = small.talk("im bleeding", "he raped me").reply
    assert kinds(reply) == [AlertCard]
    assert reply.flags == ("assault", "bleeding")
    assert reply.safeguarding == ("assault",)


def test_a_milder_card_stands_before_the_answer() -> None:
    """Below urgent the card comes first and the answer follows."""
    reply = small.talk("im sore. which lube is best").reply
    assert kinds(reply)[:2] == [AlertCard, Text]
    assert (reply.level, reply.topic) == ("self-care", "lube")


def test_a_milder_card_names_its_answer() -> None:
    """A card that points to an answer shows it when nothing else was asked."""
    assert small.talk("im sore").reply.topic == "pain"


def test_an_answer_comes_whole() -> None:
    """The short answer comes first, then the rest, steps, what to avoid, help, choices and sources."""
    reply = composed(("lube", 0.9))
    assert kinds(reply) == [Text, Bullets, Bullets, Text, Choices, Sources]
    assert reply.outcome == "answer"
    first, choices, sources = reply.blocks[0], reply.blocks[4], reply.blocks[5]
    assert isinstance(first, Text)
    assert isinstance(choices, Choices)
    assert isinstance(sources, Sources)
    assert first.paragraphs == ("Short lube.", "More about lube.")
    assert [option.id for option in choices.options] == ["/more lube", "/topic mess", "/topic technique"]
    assert sources == Sources(("NHS: Lube",), "Draft.")


def test_related_topics_that_do_not_exist_are_left_out() -> None:
    """Only topics that are there are suggested."""
    assert composed(("lube", 0.9)).suggestions == ("mess", "technique")


def test_small_talk_has_no_sources() -> None:
    """An answer about the bot itself is chat, without sources."""
    reply = composed(("privacy", 0.9))
    assert reply.outcome == "chat"
    assert Sources not in kinds(reply)


@pytest.mark.parametrize(
    ("scores", "decision"),
    [
        ((), "nothing"),
        ((POSSIBLE - 0.01,), "nothing"),
        ((POSSIBLE,), "possible"),
        ((SURE - 0.01,), "possible"),
        ((SURE,), "sure"),
        ((0.9, 0.9 - MARGIN - 0.01), "sure"),
        ((0.9, 0.9 - MARGIN + 0.01), "close"),
    ],
)
def test_no_score_falls_through(scores: tuple[float, ...], decision: str) -> None:
    """Each score of a message from the bot's field has one decision, at the thresholds too."""
    assert Found(tuple(Match(f"t{n}", score, "") for n, score in enumerate(scores)), ours=True).decision == decision


@pytest.mark.parametrize(
    ("enough", "weak", "about"),
    [
        (SURE_CHAT, "possible", {"chat": True}),
        (SURE_OUTSIDE, "possible", {}),
        (SURE_ELSEWHERE, "nothing", {"elsewhere": True}),
    ],
)
def test_what_a_message_speaks_of_sets_the_score_it_needs(enough: float, weak: str, about: dict[str, Any]) -> None:
    """Small talk, and what names nothing of the field or something else altogether, has a threshold of its own."""
    assert enough != SURE
    assert Found((Match("t", enough, ""),), **about).decision == "sure"
    assert Found((Match("t", enough - 0.01, ""),), **about).decision == weak


def test_a_close_second_is_offered_first() -> None:
    """A topic almost as near as the first is the first suggestion beside the answer."""
    reply = composed(("lube", 0.9), ("pain", 0.89), ("mess", 0.5))
    assert (reply.topic, reply.suggestions[0]) == ("lube", "pain")


def test_weak_matches_are_offered() -> None:
    """Weak matches become choices, three at most, and none is shown as the answer."""
    reply = composed(("lube", 0.25), ("pain", 0.24), ("mess", 0.23), ("technique", 0.22))
    assert (reply.outcome, reply.topic, reply.suggestions) == ("choices", None, ("lube", "pain", "mess"))


def test_misses_in_a_row_differ() -> None:
    """Each miss in a row says something else, the third and later ones send to people."""
    replies = [small.talk(*["zebra carburettor"] * times).reply for times in (1, 2, 3, 4)]
    assert [said(reply) for reply in replies] == ["First miss.", "Second miss.", "Third miss.", "Third miss."]
    assert {reply.outcome for reply in replies} == {"abstain"}
    assert all(isinstance(reply.blocks[-1], Choices) for reply in replies)


def test_a_miss_about_the_body_says_when_to_get_help() -> None:
    """A message that names the body and is not understood always gets the safety net."""
    assert "When to get help." in said(small.talk("zebra bottom").reply)
    assert "When to get help." not in said(small.talk("zebra").reply)


def test_the_language_of_a_miss() -> None:
    """A miss is told in the language of the conversation."""
    session = Session(language="de")
    assert said(composed(session=session)) == "Nicht verstanden."


def test_something_outside_the_field_is_told() -> None:
    """A message about another part of the body is not answered with a weak match."""
    reply = composed(("lube", SURE_ELSEWHERE - 0.01), elsewhere=True)
    assert (reply.outcome, said(reply)) == ("abstain", "Outside what I know.")
    assert composed(("lube", SURE_ELSEWHERE), elsewhere=True).topic == "lube"


@pytest.mark.parametrize("before", ["im 17", "im a schoolboy"])
def test_a_minor_gets_no_technique(before: str) -> None:
    """Somebody under 18 never gets an answer for adults, also turns later, but gets the others."""
    reply = small.talk(before, "hello", "fisting tips").reply
    assert reply.topic is None
    assert "Short technique." not in said(reply)
    assert "For adults." in said(reply)
    assert small.talk(before, "which lube is best").reply.topic == "lube"


def test_an_adult_gets_technique() -> None:
    """Somebody who says that they are 18, or says nothing, gets the answers for adults."""
    assert small.talk("im 18", "fisting tips").reply.topic == "technique"
    assert small.talk("fisting tips").reply.topic == "technique"


def test_who_is_a_minor() -> None:
    """A stated age decides before a word that hints at one."""
    assert is_minor(Session(age=17.0))
    assert not is_minor(Session(age=18.0))
    assert not is_minor(Session())
    assert is_minor(small.talk("im a schoolboy").session)
    assert not is_minor(small.talk("im not a schoolboy").session)


def test_a_minor_is_offered_nothing_for_adults() -> None:
    """Neither the choices nor the suggestions made to somebody under 18 name an answer for adults."""
    minor = Session(country="GB", age=17.0)
    for reply in (
        composed(("technique", 0.25), ("lube", 0.24), session=minor),
        composed(("lube", 0.9), ("technique", 0.89), session=minor),
        composed(("technique", 0.1), session=minor),
    ):
        assert "technique" not in reply.suggestions


def test_the_menu_lists_the_groups_in_order() -> None:
    """The menu names every group that has an answer, in the order of the house."""
    menu = groups_menu(small.book(), Wording(small.WORDING, "en"))
    ids = [option.id for option in menu.options]
    assert ids == ["/topics basics", "/topics pain", "/topics hygiene", "/topics lube", "/topics about-the-bot"]


def test_an_expired_warning_is_not_recalled() -> None:
    """What was urgent in a conversation that has expired is not brought up again."""
    session = small.talk("im bleeding").session
    reply = small.talk("which lube is best", session=session, now=small.NOW + timedelta(hours=1)).reply
    assert (reply.level, reply.topic) == ("none", "lube")


def test_a_number_alone_makes_the_card_new() -> None:
    """A flag that fires by a number and no fact shows its card in full the first time, and the level stays none."""
    reply = small.talk("im 17").reply
    assert (reply.level, reply.flags, reply.safeguarding) == ("none", ("under-18",), ("under-18",))
    assert AlertCard in kinds(reply)
    assert AlertCard not in kinds(small.talk("im 17", "which lube is best").reply)
