"""Commands work typed or tapped, in any state of the conversation."""

from __future__ import annotations

import pytest

from bot.core.blocks import Choices, Reply, Text
from bot.core.commands import obey
from bot.core.session import Session
from tests.core import small

SESSION = Session(country="GB", topic="lube")


def do(command: str, session: Session = SESSION) -> tuple[Reply, Session]:
    """What a command gives."""
    return obey(small.book(), session, command)


def said(command: str, session: Session = SESSION) -> str:
    """The texts a command gives."""
    reply, _ = do(command, session)
    return "\n".join(line for block in reply.blocks if isinstance(block, Text) for line in block.paragraphs)


def options(reply: Reply) -> list[str]:
    """The ids that a reply offers."""
    return [option.id for block in reply.blocks if isinstance(block, Choices) for option in block.options]


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/start", "Hello."),
        ("/help", "Ask me anything."),
        ("/HELP", "Ask me anything."),
        ("/help@plainly_bot", "Ask me anything."),
        ("/unheard-of", "No such command."),
        ("/", "No such command."),
        ("/topic nowhere", "No such topic."),
        ("/topic", "No such topic."),
        ("/unsupported", "Only words, please."),
        ("/why", "Nothing yet."),
        ("/forget", "Cleared."),
        ("/country gb", "Numbers of United Kingdom."),
        ("/country nowhere", "I know: GB."),
        ("/country", "I know: GB."),
        ("/more technique", "x"),
    ],
)
def test_what_commands_say(command: str, text: str) -> None:
    """Each command answers with its own words, an unknown one kindly."""
    assert said(command) == text


@pytest.mark.parametrize("command", ["/emergency", "/sos"])
def test_emergency_gives_the_numbers(command: str) -> None:
    """The emergency command gives the number of the country and every verified line."""
    assert said(command).startswith("Call 999.\nEmergency number: 999")
    assert "Rape line: 0800 1" in said(command)
    assert "Hidden line" not in said(command)
    assert "999" not in said(command, Session())


def test_topics_lead_to_answers() -> None:
    """The menu leads to the groups, a group to its topics, a topic to its answer."""
    menu, _ = do("/topics")
    assert "/topics lube" in options(menu)
    group, _ = do("/topics lube")
    assert options(group) == ["/topic lube"]
    reply, _ = do("/topic lube")
    assert (reply.outcome, reply.topic) == ("answer", "lube")


def test_an_unknown_group_gives_the_menu() -> None:
    """A group that does not exist any more leads to the menu."""
    reply, _ = do("/topics retired")
    assert "/topics lube" in options(reply)


def test_every_button_works() -> None:
    """Whatever can be tapped in the welcome, the menus and the answers does something known."""
    waiting, seen = ["/start", "/topics"], set()
    while waiting:
        command = waiting.pop()
        if command in seen:
            continue
        seen.add(command)
        assert len(command.encode()) <= 60
        assert said(command) not in ("No such command.", "No such topic.")
        waiting.extend(options(do(command)[0]))
    assert {"/topic lube", "/more lube", "/topic technique", "/emergency"} <= seen


def test_more_follows_the_last_answer() -> None:
    """More without a name goes on about the answer shown last."""
    assert said("/more") == "Much more about lube."
    assert said("/more", Session()) == "No such topic."


@pytest.mark.parametrize("command", ["/topic technique", "/more technique"])
def test_a_minor_cannot_reach_technique_by_command(command: str) -> None:
    """A typed or tapped command shows nobody under 18 an answer for adults."""
    assert "technique" not in said(command, Session(age=17.0))
    assert "x" not in said(command, Session(age=17.0)).split()


def test_a_group_shows_a_minor_nothing_for_adults() -> None:
    """The list of a group offers nobody under 18 an answer for adults."""
    assert "/topic technique" in options(do("/topics basics")[0])
    assert "/topic technique" not in options(do("/topics basics", Session(age=17.0))[0])


def test_country_is_kept() -> None:
    """A country that was chosen stays in the session, an unknown one changes nothing."""
    assert do("/country gb", Session())[1].country == "GB"
    assert do("/country nowhere")[1] == SESSION


def test_forget_keeps_the_settings_only() -> None:
    """Forgetting drops every fact and keeps language and country."""
    told = small.talk("im 17 and bleeding").session
    assert do("/forget", told)[1] == Session("en", "GB")


def test_why_explains_the_last_reply() -> None:
    """Why tells what the last message was read as, in concepts and not in the person's words."""
    told = small.talk("zebra, my bum is bleding").session
    assert "bleeding: present" in said("/why", told)
    assert "zebra" not in said("/why", told)
    assert "bum" not in said("/why", told)


@pytest.mark.parametrize(("command", "topic"), [("/privacy", "privacy"), ("/about", "about-bot")])
def test_pages_about_the_bot(command: str, topic: str) -> None:
    """Privacy and about show their answers."""
    assert do(command)[0].topic == topic
