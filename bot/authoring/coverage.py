"""Checks of what belongs together: evidence and entries, entries and cases, concepts and their use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.authoring.cases import Case
from bot.authoring.material import Material
from bot.authoring.plain import sentences
from bot.core.knowledge import Condition, Fact, Measured, Not
from bot.core.patterns import PhraseError, parse
from bot.core.schema.phrases import concepts_in
from bot.core.schema.values import suggest
from bot.errors import Problem

LEAST_CASES = {("answers", True): 6, ("answers", False): 4, ("red-flags", True): 8, ("red-flags", False): 6}
_READ_BY_THE_ENGINE = ("cue", "elsewhere", "idiom", "word")


def plain(text: str) -> str:
    """Return a message without case, punctuation and apostrophes, for comparison."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’‘`]", "", text.casefold())).split())


def check_evidence(material: Material) -> Iterator[Problem]:
    """Every row of the evidence table stands behind an entry; an emergency row behind a red flag."""
    flagged = {row for flag in material.book.red_flags.values() for row in flag.evidence}
    covered = flagged | {row for answer in material.book.answers.values() for row in answer.evidence}
    for row in material.book.evidence.values():
        if row.emergency and row.id not in flagged:
            mend = "name the row under 'evidence' of a red flag"
            yield _row(material, row.id, f"no red flag covers the emergency row {row.id}", mend, "error")
        elif row.id not in covered:
            yield _row(material, row.id, f"nothing covers row {row.id}", "name it under 'evidence'", "warning")


def _row(material: Material, name: str, what: str, mend: str, severity: str) -> Problem:
    path, line = material.book.places[f"evidence/{name}"]
    return Problem(path, line, what, mend, severity)


def check_counts(material: Material) -> Iterator[Problem]:
    """Every entry has its file of cases with enough messages, and every file of cases has its entry."""
    counts = Counter((case.kind, case.entry, case.must) for case in material.cases)
    paths = {(case.kind, case.entry): case.path for case in material.cases}
    known = {"answers": material.book.answers, "red-flags": material.book.red_flags}
    for kind, entries in known.items():
        for entry in entries:
            path = paths.get((kind, entry), f"tests/cases/{kind}/{entry}.yaml")
            for must, name in ((True, "must-match"), (False, "must-not-match")):
                count, least = counts[kind, entry, must], LEAST_CASES[kind, must]
                if count < least:
                    yield Problem(path, 1, f"{count} messages under {name!r}", f"write at least {least}")
    for (kind, entry), path in paths.items():
        if entry not in known[kind]:
            yield Problem(path, 1, f"there is no entry {kind}/{entry}", suggest(entry, known[kind], "remove the file"))


def check_leaks(material: Material) -> Iterator[Problem]:
    """No case repeats a phrasing of the knowledge base, for then it would prove nothing."""
    asks = {plain(ask): answer.id for answer in material.book.answers.values() for ask in answer.asks}
    for case in material.cases:
        parts = [case.text, *(part for part in sentences(case.text) if len(part.split()) > 4)]
        for part in dict.fromkeys(map(plain, parts)):
            if part in asks:
                what = f"{case.text!r} is a phrasing of answers/{asks[part]}"
                yield Problem(case.path, case.line, what, "write it in other words")


def check_repeats(material: Material) -> Iterator[Problem]:
    """No message stands twice among the cases, and no phrasing twice among the answers."""
    first: dict[str, Case] = {}
    for case in material.cases:
        other = first.setdefault(plain(case.text), case)
        if other is not case:
            what = f"{case.text!r} stands already at {other.path}:{other.line}"
            yield Problem(case.path, case.line, what, "write it in other words")
    owners: dict[str, str] = {}
    for answer in material.book.answers.values():
        for place, ask in enumerate(answer.asks):
            key = plain(ask)
            if key in owners:
                what = f"{ask!r} leads to answers/{owners[key]} already"
                yield material.problem((f"answers/{answer.id}", "asks", place), what, "keep it in one place")
            owners.setdefault(key, answer.id)


def check_gaps(material: Material) -> Iterator[Problem]:
    """A red flag has no known gaps."""
    for flag in material.book.red_flags.values():
        for place, gap in enumerate(flag.known_gaps):
            place_of = (f"red-flags/{flag.id}", "known-gaps", place)
            yield material.problem(place_of, f"a known gap: {gap}", "close it: a red flag may have none")


def check_groups(material: Material) -> Iterator[Problem]:
    """A group with a single answer is likely a misspelling."""
    groups = Counter(answer.group for answer in material.book.answers.values())
    for answer in material.book.answers.values():
        if groups[answer.group] == 1:
            others = [group for group in groups if group != answer.group]
            mend = suggest(answer.group, others, "move it to another group, or write more answers for it")
            what = f"the group {answer.group!r} has one answer only"
            yield material.problem((f"answers/{answer.id}", "group"), what, mend, "warning")


def check_phrases(material: Material) -> Iterator[Problem]:
    """Every phrase of the lexicon can be read by the engine."""
    for concept in material.book.vocabulary.concepts.values():
        for place, phrase in enumerate(concept.says):
            try:
                parse(phrase, lambda word: (word,))
            except PhraseError as error:
                place_of = (f"lexicon/{concept.name}", "says", place)
                yield material.problem(place_of, str(error), "see the lexicon in knowledge/README.md")


def check_use(material: Material) -> Iterator[Problem]:
    """Every concept is used by a red flag or by another concept, and there is a way to say it."""
    concepts = material.book.vocabulary.concepts
    used = {name for flag in material.book.red_flags.values() for name in (*_facts(flag.when), *flag.raise_with)}
    used |= {name for concept in concepts.values() for phrase in concept.says for name in concepts_in(phrase)}
    used |= {name for name, concept in concepts.items() if concept.kind in _READ_BY_THE_ENGINE}
    for _ in concepts:  # a narrower concept is used wherever a wider one is
        if not (more := {n for n, c in concepts.items() if n not in used and used.intersection(c.wider)}):
            break
        used |= more
    sayable = {wider for concept in concepts.values() for wider in concept.wider}
    for name, concept in concepts.items():
        place = (f"lexicon/{name}",)
        if name not in used:
            mend = "use it in a red flag, or remove it"
            yield material.problem(place, f"nothing uses the concept {name!r}", mend, "warning")
        if not concept.says and name not in sayable:
            yield material.problem(place, f"nobody can say the concept {name!r}", "write phrases under 'says'")


def _facts(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Fact):
        yield condition.concept
    elif isinstance(condition, Not):
        yield from _facts(condition.part)
    elif not isinstance(condition, Measured):
        for part in condition.parts:
            yield from _facts(part)
