"""A Bot API on this machine that behaves as the real one does: long polls, offsets, refusals, and faults on demand."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from tests.telegram_rules import Call, Fault, Refusal, shown

TOKEN = "123456:canary-token-AAbbCCddEEff"
ME = {"id": 123456, "is_bot": True, "first_name": "Plainly", "username": "plainly_bot"}


class FakeTelegram:
    """The server, and the people who talk to the bot through it."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[Call] = []
        self._changed = threading.Condition()
        self._updates: deque[dict[str, Any]] = deque()
        self._faults: dict[tuple[str, int | None], deque[Fault]] = {}
        self._blocked: set[int] = set()
        self._last_update = 1000
        self._last_message = 0
        self._poll = 0
        self._closed = False
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The base_url for the bot, up to but without "/bot"."""
        return f"http://127.0.0.1:{self._server.server_port}"

    # What people do

    def message(self, chat: int, text: str | None = None, *, kind: str = "private", **content: Any) -> int:
        """Send a message to the bot; returns the number of the update."""
        return self.push({"message": self._message(chat, text, kind, content)})

    def edit(self, chat: int, text: str) -> int:
        """Edit a message that was sent before."""
        return self.push({"edited_message": self._message(chat, text, "private", {"edit_date": _now()})})

    def tap(self, chat: int, label: str) -> int:
        """Tap the newest button with this label."""
        buttons = (b for call in reversed(self.sent_calls(chat)) for row in _rows(call) for b in row)
        data = next(button["callback_data"] for button in buttons if button["text"] == label)
        return self.tap_data(chat, data)

    def tap_data(self, chat: int, data: str, *, gone: bool = False) -> int:
        """Tap a button that carries this; the message it hung under may be gone."""
        query: dict[str, Any] = {
            "id": str(self._last_update),
            "from": _person(chat),
            "chat_instance": "1",
            "data": data,
        }
        if not gone:
            query["message"] = self._message(chat, "buttons", "private", {})
        return self.push({"callback_query": query})

    def push(self, update: dict[str, Any]) -> int:
        """Queue a raw update, whatever its form; returns its number."""
        return self.push_all([update])

    def push_all(self, updates: Iterable[dict[str, Any]]) -> int:
        """Queue several raw updates at once, so that they arrive as one batch; returns the last number."""
        with self._changed:
            for update in updates:
                self._last_update += 1
                self._updates.append({"update_id": self._last_update, **update})
            self._changed.notify_all()
            return self._last_update

    def words(self, chat: int, text: str) -> dict[str, Any]:
        """A raw update for `push_all`."""
        return {"message": self._message(chat, text, "private", {})}

    def block(self, chat: int) -> None:
        """Let a person block the bot."""
        self._blocked.add(chat)

    # What goes wrong

    def fail(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        """Answer the next calls of a method (to one chat, or to any) with these faults."""
        with self._changed:
            self._faults.setdefault((method, chat), deque()).extend(faults)

    # What can be seen

    def sent_calls(self, chat: int | None = None) -> list[Call]:
        """The messages that were taken."""
        return [c for c in self.of("sendMessage") if c.status == 200 and chat in {None, c.fields["chat_id"]}]

    def sent(self, chat: int) -> list[str]:
        """What a person sees of the messages that were taken."""
        return [shown(call.fields["text"], call.fields.get("parse_mode")) for call in self.sent_calls(chat)]

    def of(self, method: str) -> list[Call]:
        """All calls of a method, refused ones too."""
        with self._changed:
            return [call for call in self.calls if call.method == method]

    def waiting(self) -> list[int]:
        """The updates that are not confirmed."""
        with self._changed:
            return [update["update_id"] for update in self._updates]

    def until(self, condition: Callable[[], object], seconds: float = 8) -> None:
        """Wait for something to become true."""
        end = _seconds() + seconds
        while not condition():
            with self._changed:
                if _seconds() > end:
                    raise AssertionError(f"did not happen; calls: {[(c.method, c.status) for c in self.calls]}")
                self._changed.wait(0.02)

    # The server's side

    def answer(self, method: str, fields: dict[str, Any]) -> tuple[int, bytes]:
        """Do what a call asks for; returns status and body."""
        fault = self._fault(method, fields.get("chat_id"))
        result = None
        try:
            result = None if fault else self._do(method, fields)
        except Refusal as refusal:
            fault = refusal.fault
        status = 200 if fault is None or fault.half else fault.status
        with self._changed:
            self.calls.append(Call(method, fields, fault.status if fault else 200))
            self._changed.notify_all()
        if fault is None:
            return status, json.dumps({"ok": True, "result": result}).encode()
        if fault.half:
            return status, b'{"ok": true, "result": [{"update_id": 1, "mess'
        body: dict[str, Any] = {"ok": False, "error_code": status, "description": fault.description}
        if fault.parameters:
            body["parameters"] = fault.parameters
        return status, json.dumps(body).encode()

    def _fault(self, method: str, chat: object) -> Fault | None:
        with self._changed:
            for key in ((method, chat), (method, None)):
                faults = self._faults.get(key)  # type: ignore[arg-type]  # a chat that is no number has no faults
                if faults:
                    return faults.popleft()
        return None

    def _do(self, method: str, fields: dict[str, Any]) -> Any:
        match method:
            case "getMe":
                return ME
            case "getUpdates":
                return self._get_updates(fields)
            case "sendMessage":
                return self._send_message(fields)
            case "answerCallbackQuery" | "setMyCommands" | "editMessageReplyMarkup" | "deleteWebhook":
                return True
        raise Refusal(404, "Not Found")

    def _get_updates(self, fields: dict[str, Any]) -> list[dict[str, Any]]:
        offset, limit = fields.get("offset", 0), fields.get("limit", 100)
        end = _seconds() + fields.get("timeout", 0)
        with self._changed:
            self._poll += 1
            mine = self._poll
            self._changed.notify_all()
            while self._updates and self._updates[0]["update_id"] < offset:
                self._updates.popleft()
            while not self._updates and not self._closed and (left := end - _seconds()) > 0:
                self._changed.wait(left)
                if mine != self._poll:
                    raise Refusal(409, "Conflict: terminated by other getUpdates request")
            return [*self._updates][:limit]

    def _send_message(self, fields: dict[str, Any]) -> dict[str, Any]:
        if fields["chat_id"] in self._blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        shown(fields["text"], fields.get("parse_mode"))
        for row in fields.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if not button["text"] or not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return self._message(fields["chat_id"], fields["text"], "private", {})

    def _message(self, chat: int, text: str | None, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        self._last_message += 1
        where = {"id": chat, "type": kind, **({"first_name": "A"} if kind == "private" else {"title": "G"})}
        words = {} if text is None else {"text": text}
        return {
            "message_id": self._last_message,
            "date": _now(),
            "chat": where,
            "from": _person(chat),
            **words,
            **content,
        }


class _Server(ThreadingHTTPServer):
    """Carries the fake to the threads that answer."""

    daemon_threads = True
    fake: FakeTelegram

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a bot that was killed leaves connections behind."""


class _Handler(BaseHTTPRequestHandler):
    """Reads one call and writes one answer."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Answer a call of the bot."""
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", self.path)
        if match is None or match[1] != self.server.fake.token:
            status, body = 401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
        else:
            status, body = self.server.fake.answer(match[2], {k: _decoded(k, v) for k, v in parse_qsl(raw)})
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on stderr."""


def _decoded(key: str, value: str) -> Any:
    if key in {"text", "parse_mode", "callback_query_id"}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _rows(call: Call) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = call.fields.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "A"}


def _now() -> int:
    return int(time.time())  # noqa: TID251  # the real server stamps its messages too


def _seconds() -> float:
    return time.monotonic()  # noqa: TID251  # the fake is an edge and measures its own waits
