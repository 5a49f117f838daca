"""The forms of the red flags hold exactly when their facts were stated, and unknown counts as yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.knowledge import (
    LEVELS,
    RANK,
    All,
    AnyOf,
    Condition,
    Fact,
    Limit,
    Measured,
    Not,
    Together,
)
from bot.core.session import Session, StatedFact
from bot.core.triage import Verdict, fits, judge
from tests.core import small

BLEEDING, PAIN, FEVER = Fact("bleeding"), Fact("pain"), Fact("fever")


def stated(concept: str, manner: str = "present", turn: int = 1, sentence: int = 0, **more: object) -> StatedFact:
    """A fact of a conversation."""
    return StatedFact(concept, manner, turn, sentence, 0, 1, **more)  # type: ignore[arg-type]  # optional fields by name


def verdict(when: Condition, *facts: StatedFact, **numbers: float) -> Verdict:
    """The verdict of a single urgent flag on some facts."""
    session = Session(facts=facts, age=numbers.get("age"), temperature=numbers.get("temperature"))
    return judge([small.flag("it", "urgent", when)], session, small.lexicon())


def holds(when: Condition, *facts: StatedFact, **numbers: float) -> bool:
    """Whether a condition holds on some facts."""
    return bool(verdict(when, *facts, **numbers).findings)


@pytest.mark.parametrize(
    ("manner", "counts"),
    [
        ("present", True),
        ("possible", True),
        ("denied", False),
        ("asked", False),
        ("hypothetical", False),
        ("past", False),
    ],
)
def test_a_fact_counts_when_stated(manner: str, counts: bool) -> None:
    """A fact that is present or possible fires a flag, any other manner does not."""
    assert holds(BLEEDING, stated("bleeding", manner)) is counts


def test_a_narrower_concept_states_the_wider_one() -> None:
    """A flag on a concept fires for a narrower one, not for a wider one."""
    assert holds(BLEEDING, stated("blood-loss"))
    assert not holds(Fact("blood-loss"), stated("bleeding"))


def test_named_manners_replace_the_usual_ones() -> None:
    """A flag that asks for certain manners fires for those alone, and never for something elsewhere."""
    past = Fact("assault", manners=("past",))
    assert holds(past, stated("assault", "past"))
    assert not holds(past, stated("assault"))
    assert not holds(past, stated("assault", "past", elsewhere=True))


def test_a_fact_elsewhere_fires_nothing() -> None:
    """What lies elsewhere on the body is no fact of a flag."""
    assert not holds(BLEEDING, stated("bleeding", elsewhere=True))


def test_all_any_and_not() -> None:
    """All needs each part, any needs one, not needs the absence of its part."""
    both = (stated("bleeding"), stated("pain", turn=2))
    assert holds(All((BLEEDING, PAIN)), *both)
    assert not holds(All((BLEEDING, PAIN)), both[0])
    assert holds(AnyOf((FEVER, PAIN)), both[1])
    assert not holds(AnyOf((FEVER, PAIN)), both[0])
    assert holds(All((BLEEDING, Not(PAIN))), both[0])
    assert not holds(All((BLEEDING, Not(PAIN))), *both)
    assert holds(All((BLEEDING, Not(PAIN))), both[0], stated("pain", "denied"))


@pytest.mark.parametrize(("sentence", "turn", "near"), [(0, 1, True), (1, 1, True), (2, 1, False), (0, 2, False)])
def test_together_means_one_sentence_or_its_neighbour(sentence: int, turn: int, near: bool) -> None:
    """Facts stand together in one sentence and the one beside it, in one message, in either order."""
    facts = (stated("bleeding"), stated("pain", sentence=sentence, turn=turn))
    assert holds(Together((BLEEDING, PAIN)), *facts) is near
    assert holds(Together((PAIN, BLEEDING)), *facts) is near


def test_together_with_an_absence() -> None:
    """A part that must be absent is looked for in the same place only."""
    when = Together((BLEEDING, Not(PAIN)))
    assert holds(when, stated("bleeding"), stated("pain", sentence=5))
    assert not holds(when, stated("bleeding"), stated("pain"))


@pytest.mark.parametrize(("lasting", "fires"), [(240.0, True), (120.0, True), (119.0, False), (None, False)])
def test_a_duration_that_is_unknown_does_not_fit(lasting: float | None, fires: bool) -> None:
    """A flag with a duration needs one that was stated and fits."""
    assert holds(Fact("erection", lasting=Limit(">=", 120)), stated("erection", lasting=lasting)) is fires


@pytest.mark.parametrize(
    ("ago", "inside", "outside"), [(60.0, True, False), (4320.0, True, False), (4321.0, False, True)]
)
def test_a_window_is_known_to_be_open_or_shut(ago: float, inside: bool, outside: bool) -> None:
    """A time that is known lies inside the window up to its end, and outside after it."""
    fact = stated("exposure", ago=ago)
    assert holds(Fact("exposure", ago=Limit("<=", 4320)), fact) is inside
    assert holds(Fact("exposure", ago=Limit(">", 4320)), fact) is outside


def test_an_unknown_time_counts_as_inside_the_window() -> None:
    """Nobody is too late because the time was not said."""
    assert holds(Fact("exposure", ago=Limit("<=", 4320)), stated("exposure"))
    assert not holds(Fact("exposure", ago=Limit(">", 4320)), stated("exposure"))


def test_numbers_that_were_given() -> None:
    """A flag on a number needs the number, and compares it."""
    young, hot = Measured("age", Limit("<", 18)), Measured("temperature", Limit(">=", 38))
    assert holds(young, age=17)
    assert not holds(young, age=18)
    assert not holds(young)
    assert holds(hot, temperature=38)
    assert not holds(hot, temperature=37.9, age=40)


@pytest.mark.parametrize(
    ("sign", "below", "same", "above"),
    [("<", True, False, False), ("<=", True, True, False), (">", False, False, True), (">=", False, True, True)],
)
def test_limits(sign: str, below: bool, same: bool, above: bool) -> None:
    """Each sign compares the right way round."""
    assert [fits(number, Limit(sign, 10)) for number in (9, 10, 11)] == [below, same, above]


def test_the_highest_level_wins() -> None:
    """Every flag that holds is found, the most urgent first, and the verdict has its level."""
    flags = [small.flag(f"f-{level}", level, BLEEDING) for level in LEVELS]
    result = judge(flags, Session(facts=(stated("bleeding"),)), small.lexicon())
    assert [finding.level for finding in result.findings] == list(reversed(LEVELS))
    assert result.level == "emergency"


def test_flags_of_one_level_have_a_fixed_order() -> None:
    """Flags of one level are ordered by name, whatever order they are judged in."""
    flags = [small.flag(name, "soon", BLEEDING) for name in ("c", "a", "b")]
    result = judge(flags, Session(facts=(stated("bleeding"),)), small.lexicon())
    assert [finding.flag.id for finding in result.findings] == ["a", "b", "c"]


def test_nothing_stated_nothing_found() -> None:
    """Without facts there is no finding and no level."""
    assert judge(small.FLAGS, Session(), small.lexicon()) == Verdict("none", ())


@pytest.mark.parametrize(
    ("level", "raised"), [("self-care", "soon"), ("urgent", "emergency"), ("emergency", "emergency")]
)
def test_a_modifier_raises_by_one(level: str, raised: str) -> None:
    """A modifier raises the level by one step, never past emergency, and says what raised it."""
    flag = small.flag("it", level, BLEEDING, raise_with=("pregnant", "fever"))
    (finding,) = judge([flag], Session(facts=(stated("bleeding"), stated("pregnant"))), small.lexicon()).findings
    assert (finding.level, finding.raised_by) == (raised, ("pregnant",))
    (plain,) = judge(
        [flag], Session(facts=(stated("bleeding"), stated("pregnant", "denied"))), small.lexicon()
    ).findings
    assert (plain.level, plain.raised_by) == (level, ())


def test_a_finding_names_its_evidence() -> None:
    """The facts by which a flag fired are told, each once, and no others."""
    facts = (stated("bleeding"), stated("pain"), stated("fever"))
    (finding,) = verdict(All((BLEEDING, PAIN, BLEEDING)), *facts).findings
    assert finding.evidence == facts[:2]


@pytest.mark.parametrize(
    ("level", "stops"), [("none", False), ("self-care", False), ("soon", False), ("urgent", True), ("emergency", True)]
)
def test_urgent_stops_answers(level: str, stops: bool) -> None:
    """No answer stands beside a card from urgent upwards."""
    assert Verdict(level, ()).stops is stops


FACTS = st.builds(
    stated,
    st.sampled_from(["bleeding", "pain", "fever", "pregnant", "exposure", "heavy-bleeding", "wont-stop", "erection"]),
    st.sampled_from(["present", "possible", "denied", "asked"]),
    st.integers(1, 2),
    st.integers(0, 2),
    lasting=st.none() | st.floats(0, 1e4),
    ago=st.none() | st.floats(0, 1e4),
)


@given(st.lists(FACTS, max_size=8), FACTS)
def test_one_more_fact_never_lowers_the_level(facts: list[StatedFact], more: StatedFact) -> None:
    """Whatever is told on top of a story, its level only stays or rises."""
    flags = [flag for flag in small.FLAGS if flag.id != "bleeding"]  # that one falls silent beside a graver flag
    before = judge(flags, Session(facts=tuple(facts)), small.lexicon())
    after = judge(flags, Session(facts=(*facts, more)), small.lexicon())
    assert RANK[after.level] >= RANK[before.level]
