"""The command line: one short function per subcommand that parses, calls and prints.

Exit codes: 0 done; 1 something in the input or the knowledge base is wrong; 2 the command line or a setting is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app import Inbound, Service, find_knowledge, open_service
from bot.core.trace import explain
from bot.errors import KnowledgeError, SettingsError
from bot.settings import Settings, read_settings


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="plainly", description="Frank answers about anal play, and when to get help.")
    parser.add_argument("--knowledge", type=Path, help="folder of the knowledge base")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chat = commands.add_parser("chat", help="talk with the bot in this terminal")
    chat.add_argument("--country", default="", help="two letters, such as GB")
    ask = commands.add_parser("ask", help="ask one question and print the reply")
    ask.add_argument("text", nargs="?", help="the question; standard input when left out")
    ask.add_argument("--json", action="store_true", help="print the reply as one JSON object")
    ask.add_argument(
        "--jsonl", action="store_true", help="read one JSON object a line from standard input, answer each"
    )
    ask.add_argument("--country", default="", help="two letters, such as GB")
    why = commands.add_parser("explain", help="show how a message is understood, judged and answered")
    why.add_argument("text", help="the message")
    check = commands.add_parser("check", help="check the knowledge base and report every problem")
    check.add_argument("--write-schemas", action="store_true", help="write the JSON Schema files for editors")
    labelled = commands.add_parser("measure", help="measure the bot on labelled messages, one JSON object a line")
    labelled.add_argument("file", type=Path, nargs="+", help='each line {"text": ..., "level": ..., "rows": [...]}')
    labelled.add_argument("--misses", action="store_true", help="list the ids of the messages that were judged wrong")
    labelled.add_argument("--html", type=Path, help="also write a page with charts")
    labelled.add_argument("--verdicts", type=Path, help="a file of verdicts: show what has changed since")
    labelled.add_argument("--accept", action="store_true", help="write the verdicts of this run into that file")
    commands.add_parser("telegram", help="run the Telegram bot; needs TELEGRAM_TOKEN")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = build_parser().parse_args(arguments)
    if getattr(options, "accept", False) and not options.verdicts:
        print("plainly: --accept needs --verdicts FILE", file=sys.stderr)
        return 2
    try:
        settings = read_settings(os.environ)
        return _COMMANDS[options.command](options, settings)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"plainly: {error}", file=sys.stderr)
        return 2


def _service(options: argparse.Namespace, settings: Settings) -> Service:
    country = getattr(options, "country", "") or settings.country or ""
    return open_service(options.knowledge or settings.knowledge, country)


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.terminal import converse

    return converse(_service(options, settings), sys.stdin, sys.stdout, os.environ)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.jsonl import answer_lines, as_json
    from bot.channels.plain import plain

    service = _service(options, settings)
    if options.jsonl:
        return answer_lines(service, sys.stdin.buffer, sys.stdout)
    text = options.text if options.text is not None else sys.stdin.read()
    outcome = service.turn(Inbound("ask", text, datetime.now(UTC)))
    print(as_json("ask", outcome) if options.json else plain(outcome.reply))
    return 0


def _explain(options: argparse.Namespace, settings: Settings) -> int:
    service = _service(options, settings)
    outcome = service.turn(Inbound("explain", options.text, datetime.now(UTC)))
    if outcome.trace is None:
        print("A command has nothing to explain.")
        return 0
    print("\n".join(explain(outcome.trace, service.book.lexicon, words=True)))
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from bot.authoring.checks import check

    root = options.knowledge or settings.knowledge or find_knowledge()
    if options.write_schemas:
        from bot.authoring.schemas import write_schemas

        for path in write_schemas(root):
            print(f"wrote {path.name}")
    problems = check(root, date.today())
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in problems:
        lead = "" if problem.severity == "error" else "warning: "
        print(f"{lead}{problem}", file=sys.stderr)
    print(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")
    return 1 if errors else 0


def _measure(options: argparse.Namespace, settings: Settings) -> int:
    from bot.authoring.run import run

    return run(_service(options, settings), options, datetime.now(UTC), sys.stdout, sys.stderr)


def _telegram(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.telegram import run

    return run(settings, _service(options, settings))


_COMMANDS = {
    "chat": _chat,
    "ask": _ask,
    "explain": _explain,
    "check": _check,
    "measure": _measure,
    "telegram": _telegram,
}
