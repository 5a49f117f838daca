"""Plain data into Knowledge: what is written arrives, and whatever is wrong is named by file and line."""

from __future__ import annotations

import pytest

from bot.core.document import Document
from bot.core.knowledge import All, AnyOf, Clock, Fact, Knowledge, Limit, Measured, Not, Together
from bot.core.schema import build
from bot.errors import Problem
from bot.loader import read_text

ANSWER = """\
id: mess
group: hygiene
title: Is it messy?
short: There may be a little poo.
body:
  - Wipe it off.
related: [mess]
audience: adults
asks: [is anal messy]
evidence: [F01]
sources: [S01]
status: draft
"""
FLAG = """\
id: bleed
level: emergency
title: Bleeding
when:
  all: [bleeding, {not: denied-thing}]
raise-with: [bleeding]
action: Call {emergency} now.
why: A lot of blood needs a doctor.
do-not:
  - Do not wait.
say-on-arrival: [I am bleeding.]
see: mess
lines: [crisis]
evidence: [RF01]
sources: [S01]
status: draft
"""
LEXICON = """\
bleeding:
  about: blood comes out
  kind: symptom
  is: [blood]
  says:
    - bleed
    - (blood|=red) [drips] ~ out
blood:
  about: blood
  kind: sign
  says: [<bleeding> a lot, gush]
denied-thing: {about: x, kind: act, says: [x]}
"""
COUNTRY = """\
id: GB
name: United Kingdom
emergency: {number: "999", also: ["112"], say: "999"}
lines:
  - kind: crisis
    name: Samaritans
    number: "116 123"
    source: here
    verified: seen
    verified-on: "2026-11-20"
"""
FILES = {
    "answers/mess.yaml": ANSWER,
    "red-flags/bleed.yaml": FLAG,
    "lexicon/body.yaml": LEXICON,
    "lexicon/respell.yaml": "you: [u, ya]\n",
    "lexicon/emoji.yaml": 'blood: ["🩸"]\n',
    "wording/en.yaml": "hello: Hi\n",
    "countries/GB.yaml": COUNTRY,
    "sources.yaml": 'S01: {publisher: NHS, title: T, addresses: ["https://x"], seen: "2026-11-20", read: mirror}\n',
    "evidence.yaml": "red-flags:\n  RF01: {about: a, level: mixed, emergency: yes}\nanswers:\n  F01: {about: b}\n",
    "reviews.yaml": "answers/mess: {hash: " + "a" * 64 + ', role: GP, date: "2026-11-20"}\n',
}


def make(**changes: str) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Build the files above, with some of them replaced: `answers__mess="..."` replaces answers/mess.yaml."""
    files = FILES | {f"{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in changes.items()}
    documents: list[Document] = []
    for path, text in files.items():
        document, problems = read_text(path, text.encode())
        assert document is not None, problems
        documents.append(document)
    return build(tuple(documents), frozenset({"paint"}))


def found(**changes: str) -> list[str]:
    """The problems of the files above with some of them replaced."""
    return [str(problem) for problem in make(**changes)[1]]


def test_everything_arrives() -> None:
    """A knowledge base without mistakes is built without problems, with every field in its place."""
    book, problems = make()
    assert problems == ()
    answer, flag, concept = book.answers["mess"], book.red_flags["bleed"], book.vocabulary.concepts["bleeding"]
    assert (answer.body, answer.audience, answer.asks) == (("Wipe it off.",), "adults", ("is anal messy",))
    assert (flag.kind, flag.raise_with, flag.do_not) == ("medical", ("bleeding",), ("Do not wait.",))
    assert flag.when == All((Fact("bleeding"), Not(Fact("denied-thing"))))
    assert (concept.wider, concept.says) == (("blood",), ("bleed", "(blood|=red) [drips] ~ out"))
    assert book.vocabulary.respell == {"u": "you", "ya": "you"}
    assert book.vocabulary.emoji == {"🩸": "blood"}
    assert book.vocabulary.real_words == {"paint"}
    assert book.wording == {"en": {"hello": "Hi"}}
    assert book.sources["S01"].read == "mirror"
    assert book.reviews["answers/mess"].role == "GP"


def test_country() -> None:
    """The emergency number and the lines of a country arrive."""
    country = make()[0].countries["GB"]
    assert (country.number, country.also, country.say) == ("999", ("112",), "999")
    assert (country.lines[0].name, country.lines[0].verified_on) == ("Samaritans", "2026-11-20")


def test_evidence() -> None:
    """A row says whether it is an emergency, and needs no level when it belongs to answers."""
    rows = make()[0].evidence
    assert (rows["RF01"].emergency, rows["RF01"].level) == (True, "mixed")
    assert (rows["F01"].emergency, rows["F01"].level) == (False, "")


def test_places() -> None:
    """Every entry of every kind has its file and line."""
    assert make()[0].places == {
        "answers/mess": ("answers/mess.yaml", 1),
        "red-flags/bleed": ("red-flags/bleed.yaml", 1),
        "lexicon/bleeding": ("lexicon/body.yaml", 1),
        "lexicon/blood": ("lexicon/body.yaml", 8),
        "lexicon/denied-thing": ("lexicon/body.yaml", 12),
        "wording/en": ("wording/en.yaml", 1),
        "countries/GB": ("countries/GB.yaml", 1),
        "sources/S01": ("sources.yaml", 1),
        "evidence/RF01": ("evidence.yaml", 2),
        "evidence/F01": ("evidence.yaml", 4),
        "reviews/answers/mess": ("reviews.yaml", 1),
    }


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ("bleeding", Fact("bleeding")),
        ("{any: [bleeding, blood]}", AnyOf((Fact("bleeding"), Fact("blood")))),
        ("{together: [bleeding, {any: [blood]}]}", Together((Fact("bleeding"), AnyOf((Fact("blood"),))))),
        ('{fact: blood, lasting: ">= 2 hours"}', Fact("blood", lasting=Limit(">=", 120))),
        ('{fact: blood, lasting: ">1.5 hours"}', Fact("blood", lasting=Limit(">", 90))),
        ('{fact: blood, ago: "<= 72 hours"}', Fact("blood", ago=Limit("<=", 4320))),
        ('{fact: blood, ago: "> 3 weeks"}', Fact("blood", ago=Limit(">", 30_240))),
        ("{fact: blood, as: [past, denied]}", Fact("blood", manners=("past", "denied"))),
        ('{measure: age, is: "< 18"}', Measured("age", Limit("<", 18))),
        ('{measure: temperature, is: ">= 38.5"}', Measured("temperature", Limit(">=", 38.5))),
    ],
)
def test_conditions(when: str, condition: object) -> None:
    """Every form of `when` becomes its condition, with durations in minutes."""
    book, problems = make(red_flags__bleed=FLAG.replace("\n  all: [bleeding, {not: denied-thing}]", " " + when))
    assert problems == ()
    assert book.red_flags["bleed"].when == condition


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("{}", "a condition must be a fact or one form"),
        ("[bleeding]", "a condition must be a fact or one form"),
        ("{all: []}", "'all' needs a list of conditions"),
        ("{any: bleeding}", "'any' needs a list of conditions"),
        ("{all: [blood], any: [blood]}", "unknown key 'any' in a condition"),
        ("{every: [blood]}", "not a condition: every"),
        ("{fact: [blood]}", "'fact' must be text"),
        ("{fact: blood, lasts: x}", "unknown key 'lasts' in a condition"),
        ('{fact: blood, lasting: "2 hours"}', "not a limit: '2 hours'"),
        ('{fact: blood, lasting: ">= 2 fortnights"}', "not a limit"),
        ('{fact: blood, ago: "> 18"}', "a limit with the wrong unit"),
        ('{measure: age, is: "< 18 days"}', "a limit with the wrong unit"),
        ('{measure: height, is: "< 18"}', "'height' is no 'measure'"),
        ("{measure: age}", "a condition lacks 'is'"),
        ("{fact: blood, as: [denied, sung]}", "'sung' is no 'as'"),
        ("{not: blood}", "this fires when nothing was said"),
        ("{any: [blood, {not: bleeding}]}", "this fires when nothing was said"),
        ("{together: [blood, bleedign]}", "there is no concept 'bleedign': did you mean 'bleeding'?"),
    ],
)
def test_wrong_conditions(when: str, what: str) -> None:
    """A condition that could never mean what its writer meant is one problem on its line."""
    problems = found(red_flags__bleed=FLAG.replace("\n  all: [bleeding, {not: denied-thing}]", "\n  " + when))
    assert [
        problem for problem in problems if problem.startswith(("red-flags/bleed.yaml:4: ", "red-flags/bleed.yaml:5: "))
    ]
    assert len(problems) == 1
    assert what in problems[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("body:", "boddy:", "answers/mess.yaml:5: unknown key 'boddy' in answers/mess: did you mean 'body'?"),
        ("title: Is it messy?\n", "", "answers/mess.yaml:1: answers/mess lacks 'title'"),
        ("title: Is it messy?", "title:", "answers/mess.yaml:3: 'title' is empty"),
        ("title: Is it messy?", "title: [a]", "answers/mess.yaml:3: 'title' must be text"),
        ("title: Is it messy?", "title: " + "x" * 61, "answers/mess.yaml:3: 'title' has 61 characters"),
        ("  - Wipe it off.", "  wipe: it", "answers/mess.yaml:5: 'body' must be a list"),
        ("  - Wipe it off.", "  - Wipe: off", "answers/mess.yaml:6: a line of 'body' must be text"),
        ("  - Wipe it off.", "  - a\n  -", "answers/mess.yaml:7: a line of 'body' is empty"),
        ("asks: [is anal messy]", "asks: []", "answers/mess.yaml:9: 'asks' is empty"),
        ("audience: adults", "audience:", "answers/mess.yaml:8: 'audience' is empty"),
        (
            "audience: adults",
            "audience: adult",
            "answers/mess.yaml:8: 'adult' is no 'audience': did you mean 'adults'?",
        ),
        ("status: draft", "status: done", "answers/mess.yaml:12: 'done' is no 'status'"),
        ("id: mess", "id: moss", "answers/mess.yaml:1: the id 'moss' is not the name of the file: write id: mess"),
        ("sources: [S01]", "sources: [S01, S99]", "answers/mess.yaml:11: there is no source 'S99'"),
        ("related: [mess]", "related:\n - mses", "answers/mess.yaml:8: there is no topic 'mses': did you mean 'mess'?"),
        ("evidence: [F01]", "evidence: [F02]", "answers/mess.yaml:10: there is no row of evidence.yaml 'F02'"),
    ],
)
def test_wrong_answers(old: str, new: str, problem: str) -> None:
    """Each mistake in an answer is named on its line, with the way to mend it."""
    assert old in ANSWER
    assert any(line.startswith(problem) for line in found(answers__mess=ANSWER.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("emergency\n", "emergancy\n", "red-flags/bleed.yaml:2: 'emergancy' is no 'level': did you mean 'emergency'?"),
        ("level: emergency", "level: none", "red-flags/bleed.yaml:2: level none is for safeguarding only"),
        ("Call {emergency} now.", "a " * 16, "red-flags/bleed.yaml:7: 'action' has 16 words"),
        ("see: mess", "see: moss", "red-flags/bleed.yaml:12: there is no topic 'moss'"),
        ("lines: [crisis]", "lines: [crises]", "red-flags/bleed.yaml:13: 'crises' is no 'lines'"),
        ("raise-with: [bleeding]", "raise-with: [wet]", "red-flags/bleed.yaml:6: there is no concept 'wet'"),
        (
            "do-not:",
            "do_not:",
            "red-flags/bleed.yaml:9: unknown key 'do_not' in red-flags/bleed: did you mean 'do-not'?",
        ),
    ],
)
def test_wrong_red_flags(old: str, new: str, problem: str) -> None:
    """Each mistake in a red flag is named on its line, with the way to mend it."""
    assert old in FLAG
    assert any(line.startswith(problem) for line in found(red_flags__bleed=FLAG.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("kind: sign", "kind: sing", "lexicon/body.yaml:10: 'sing' is no 'kind': did you mean 'sign'?"),
        ("is: [blood]", "is: [blod]", "lexicon/body.yaml:4: there is no concept 'blod': did you mean 'blood'?"),
        (
            "kind: sign",
            "kind: sign\n  is: [bleeding]",
            "lexicon/body.yaml:1: the concept 'bleeding' is wider than itself",
        ),
        ("- bleed\n", '- "won\'t stop"\n', "lexicon/body.yaml:6: an apostrophe in"),
        ("- bleed\n", "- Bleed\n", "lexicon/body.yaml:6: capital letters in 'Bleed'"),
        ("- bleed\n", "- (bleed\n", "lexicon/body.yaml:6: a bracket without its partner in '(bleed'"),
        ("- bleed\n", "- bleed|blood\n", "lexicon/body.yaml:6: a bracket without its partner in 'bleed|blood'"),
        ("- bleed\n", "- a ([b)]\n", "lexicon/body.yaml:6: a bracket without its partner in 'a ([b)]'"),
        ("<bleeding>", "<bleding>", "lexicon/body.yaml:11: there is no concept 'bleding': did you mean 'bleeding'?"),
        ("denied-thing:", "Denied:", "lexicon/body.yaml:12: 'Denied' is no name for a concept"),
    ],
)
def test_wrong_lexicon(old: str, new: str, problem: str) -> None:
    """Each mistake in the lexicon is named on its line, with the way to mend it."""
    assert old in LEXICON
    assert any(line.startswith(problem) for line in found(lexicon__body=LEXICON.replace(old, new)))


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        (
            "lexicon__more",
            "blood: {about: b, kind: act, says: [b]}",
            "lexicon/more.yaml:1: the id 'blood' stands already",
        ),
        ("answers__moss", ANSWER, "answers/moss.yaml:1: the id 'mess' stands already at answers/mess.yaml:1"),
        (
            "anwsers__a",
            "id: a",
            "anwsers/a.yaml:1: no entry of the knowledge base belongs here: did you mean 'answers'?",
        ),
        ("lexicon__respell", "you: [u]\nyour: [u]", "lexicon/respell.yaml:2: 'u' is read as 'you' already"),
        ("wording__en", "a: {b: c}", "wording/en.yaml:1: the phrase 'a' must be text"),
        ("reviews", FILES["reviews.yaml"].replace("mess", "mass"), "reviews.yaml:1: there is no entry 'answers/mass'"),
        ("reviews", FILES["reviews.yaml"].replace("aaa", "x"), "reviews.yaml:1: 'x"),
        (
            "evidence",
            "red-flag: {}",
            "evidence.yaml:1: unknown key 'red-flag' in evidence.yaml: did you mean 'red-flags'?",
        ),
        ("sources", "S01: {publisher: NHS}", "sources.yaml:1: source S01 lacks 'title'"),
        ("sources", "- a", "sources.yaml:1: the file must be a map of keys"),
        (
            "countries__GB",
            COUNTRY.replace("2026-11-20", "20 Nov"),
            "countries/GB.yaml:10: 'verified-on' must be a date",
        ),
        (
            "countries__GB",
            COUNTRY.replace('number: "116 123"', "who: all"),
            "countries/GB.yaml:4: the line 'Samaritans'",
        ),
        ("countries__GB", COUNTRY.replace("say:", "sy:"), "countries/GB.yaml:3: 'emergency' lacks 'say'"),
    ],
)
def test_wrong_files(path: str, text: str, problem: str) -> None:
    """Each mistake in the other files is named on its line, with the way to mend it."""
    assert any(line.startswith(problem) for line in found(**{path: text}))


@pytest.mark.parametrize("when", ["{fact: blood, as: [sung]}", '{fact: blood, ago: "soon"}', "{any: [blood, {}]}"])
def test_flag_without_condition(when: str) -> None:
    """A red flag whose condition cannot be understood is left out, never built with half of it."""
    book, problems = make(red_flags__bleed=FLAG.replace("\n  all: [bleeding, {not: denied-thing}]", "\n  " + when))
    assert problems
    assert book.red_flags == {}


def test_entry_of_the_wrong_form() -> None:
    """An entry with an id that no id can be is left out."""
    assert make(answers__mess=ANSWER.replace("id: mess", "id: The Mess"))[0].answers == {}


def test_first_concept_stays() -> None:
    """A concept that stands twice is the first one; the second does not replace it."""
    book, _ = make(lexicon__more="blood: {about: another, kind: act, says: [b]}")
    assert book.vocabulary.concepts["blood"].about == "blood"


def test_broken_entry_is_still_known() -> None:
    """An entry that cannot be built is left out, but references to it are not called wrong as well."""
    book, problems = make(answers__mess=ANSWER.replace("title: Is it messy?\n", ""))
    assert "mess" not in book.answers
    assert [problem.what for problem in problems] == ["answers/mess lacks 'title'"]


CLOCK = """\
jab:
  title: A jab
  limit: "<= 7 days"
  best: 48 hours
  flags:
    - bleed
  evidence: [RF01]
  sources: [S01]
test:
  title: A test
  limit: ">= 2 weeks"
  late: It is time.
  flags: [bleed]
  evidence: []
  sources: []
"""


def test_clocks() -> None:
    """A clock arrives with its limit in minutes, and what is left out is empty."""
    book, problems = make(clocks=CLOCK)
    assert problems == ()
    assert book.clocks == {
        "jab": Clock("jab", "A jab", Limit("<=", 10_080), ("bleed",), "48 hours", "", ("RF01",), ("S01",)),
        "test": Clock("test", "A test", Limit(">=", 20_160), ("bleed",), late="It is time."),
    }
    assert book.places["clocks/test"] == ("clocks.yaml", 9)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("- bleed\n", "- bled\n", "clocks.yaml:6: there is no red flag 'bled': did you mean 'bleed'?"),
        ("flags: [bleed]", "flags: []", "clocks.yaml:13: 'flags' is empty"),
        ("flags: [bleed]", "flags: bleed", "clocks.yaml:13: 'flags' must be a list"),
        ('"<= 7 days"', "7 days", "clocks.yaml:3: not a limit: '7 days'"),
        ('"<= 7 days"', '"<= 7"', "clocks.yaml:3: a limit with the wrong unit: '<= 7'"),
        ('"<= 7 days"', '"<= 7 fortnights"', "clocks.yaml:3: not a limit: '<= 7 fortnights'"),
        ('  limit: ">= 2 weeks"\n', "", "clocks.yaml:9: the clock test lacks 'limit'"),
        ("title: A jab", "title: " + "x" * 61, "clocks.yaml:2: 'title' has 61 characters"),
        ("best:", "bets:", "clocks.yaml:4: unknown key 'bets' in the clock jab: did you mean 'best'?"),
        ("[RF01]", "[RF02]", "clocks.yaml:7: there is no row of evidence.yaml 'RF02'"),
        ("[S01]", "[S02]", "clocks.yaml:8: there is no source 'S02'"),
    ],
)
def test_wrong_clocks(old: str, new: str, problem: str) -> None:
    """Each mistake in a clock is one problem, named on its line with the way to mend it."""
    assert old in CLOCK
    (only,) = found(clocks=CLOCK.replace(old, new))
    assert only.startswith(problem)


def test_a_clock_without_its_limit_does_not_run() -> None:
    """A clock that cannot be understood is left out, and the one beside it stays."""
    assert make(clocks=CLOCK.replace('"<= 7 days"', "soon"))[0].clocks.keys() == {"test"}


def test_calm() -> None:
    """The messages of every calm group arrive in their order."""
    book, problems = make(calm="talk:\n  - hi there\n  - thanks\nkitchen: [the tap drips]\n")
    assert problems == ()
    assert book.calm == ("hi there", "thanks", "the tap drips")


@pytest.mark.parametrize(
    ("group", "problem"),
    [
        ("talk: hi there", "calm.yaml:2: 'calm' must be a list"),
        ("talk: {hi: there}", "calm.yaml:2: 'calm' must be a list"),
        ("talk: []", "calm.yaml:2: 'calm' is empty"),
        ("talk:\n  - hi\n  -", "calm.yaml:4: a line of 'calm' is empty"),
        ("talk:\n  - hi: there", "calm.yaml:3: a line of 'calm' must be text"),
    ],
)
def test_wrong_calm(group: str, problem: str) -> None:
    """A calm group that is no list of texts is one problem on its line, and the other groups stay."""
    book, problems = make(calm="kitchen: [the tap drips]\n" + group)
    assert [str(one)[: len(problem)] for one in problems] == [problem]
    assert book.calm == ("the tap drips",)
