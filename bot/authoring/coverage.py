"""Checks of what belongs together: evidence and entries, entries and cases, concepts and their use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.authoring.cases import Case
from bot.authoring.material import Material, Place
from bot.authoring.plain import sentences
from bot.core.knowledge import Condition, Fact, Not
from bot.core.patterns import PhraseError, parse
from bot.core.schema.values import concepts_in, suggest
from bot.errors import Problem

LEAST_CASES = {"answers": {"must-match": 6, "must-not-match": 4}, "red-flags": {"must-match": 8, "must-not-match": 6}}
_READ_BY_THE_ENGINE = ("cue", "elsewhere", "idiom", "word")


def plain(text: str) -> str:
    """Return a message without case, punctuation and apostrophes, for comparison."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’‘`]", "", text.casefold())).split())


def check_evidence(material: Material) -> Iterator[Problem]:
    """Every row of the evidence table stands behind an entry; an emergency row behind a red flag."""
    flagged = {row for flag in material.book.red_flags.values() for row in flag.evidence}
    covered = {row for entry in material.entries.values() for row in entry.evidence}
    for row in material.book.evidence.values():
        place = (f"evidence/{row.id}",)
        if row.emergency and row.id not in flagged:
            mend = "name the row under 'evidence' of a red flag"
            yield material.problem(place, f"no red flag covers the emergency row {row.id}", mend)
        elif row.id not in covered:
            yield material.problem(place, f"nothing covers row {row.id}", "name it under 'evidence'", "warning")


def check_counts(material: Material) -> Iterator[Problem]:
    """Every entry has its file of cases with enough messages, and every file of cases has its entry."""
    cases = [case for case in material.cases if not case.known_gap]
    counts = Counter((case.kind, case.entry, "must-match" if case.must else "must-not-match") for case in cases)
    paths = {f"{case.kind}/{case.entry}": case.path for case in material.cases}
    for name in material.entries:
        kind, _, entry = name.partition("/")
        for key, least in LEAST_CASES[kind].items():
            if (count := counts[kind, entry, key]) < least:
                path = paths.get(name, f"tests/cases/{name}.yaml")
                yield Problem(path, 1, f"{count} messages under {key!r}", f"write at least {least}")
    for name in paths.keys() - material.entries.keys():
        kind, _, entry = name.partition("/")
        known = [other.removeprefix(f"{kind}/") for other in material.entries if other.startswith(kind)]
        yield Problem(paths[name], 1, f"there is no entry {name}", suggest(entry, known, "remove the file"))


def check_leaks(material: Material) -> Iterator[Problem]:
    """No case repeats a phrasing of the knowledge base, for then it would prove nothing."""
    owners = {plain(text): place[0] for place, text in _phrasings(material)}
    for case in material.cases:
        long = [part for part in sentences(case.text) if len(part.split()) > 4]
        for part in {plain(text) for text in (case.text, *long)} & owners.keys():
            what = f"{case.text!r} is a phrasing of {owners[part]}"
            yield Problem(case.path, case.line, what, "write it in other words")


def check_repeats(material: Material) -> Iterator[Problem]:
    """No message stands twice among the cases, and no phrasing twice in the knowledge base."""
    first: dict[str, Case] = {}
    for case in material.cases:
        other = first.setdefault(plain(case.text), case)
        if other is not case:
            what = f"{case.text!r} stands already at {other.path}:{other.line}"
            yield Problem(case.path, case.line, what, "write it in other words")
    owners: dict[str, Place] = {}
    for place, text in _phrasings(material):
        owner = owners.setdefault(plain(text), place)
        if owner is not place:
            yield material.problem(place, f"{text!r} leads to {owner[0]} already", "keep it in one place")


def _phrasings(material: Material) -> Iterator[tuple[Place, str]]:
    """Every phrasing of an answer, telling of a red flag, and calm message beside one, with its place."""
    for name, entry in material.entries.items():
        for key in ("asks", "told", "calm"):
            for number, text in enumerate(getattr(entry, key, ())):
                yield (name, key, number), text


def check_gaps(material: Material) -> Iterator[Problem]:
    """A red flag has no known gaps."""
    for flag in material.book.red_flags.values():
        for number, gap in enumerate(flag.known_gaps):
            place = (f"red-flags/{flag.id}", "known-gaps", number)
            yield material.problem(place, f"a known gap: {gap}", "close it: a red flag may have none")


def check_groups(material: Material) -> Iterator[Problem]:
    """A group with a single answer is likely a misspelling."""
    groups = Counter(answer.group for answer in material.book.answers.values())
    for answer in material.book.answers.values():
        if groups[answer.group] == 1:
            what = f"the group {answer.group!r} has one answer only"
            others = [group for group in groups if group != answer.group]
            mend = suggest(answer.group, others, "move it to another group, or write more answers for it")
            yield material.problem((f"answers/{answer.id}", "group"), what, mend, "warning")


def check_phrases(material: Material) -> Iterator[Problem]:
    """Every phrase of the lexicon can be read by the engine."""
    for concept in material.book.vocabulary.concepts.values():
        for place, phrase in enumerate(concept.says):
            try:
                parse(phrase, lambda word: (word,))
            except PhraseError as error:
                at = (f"lexicon/{concept.name}", "says", place)
                yield material.problem(at, str(error), "see the lexicon in knowledge/README.md")


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
    parts = (condition.part,) if isinstance(condition, Not) else getattr(condition, "parts", ())
    for part in parts:
        yield from _facts(part)
