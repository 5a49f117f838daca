"""Reads the environment into one frozen value, or says which variable has to change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError

DEFAULT_BASE_URL = "https://api.telegram.org"
LOG_LEVELS = ("debug", "info", "warning", "error")

_TOKEN = re.compile(r"[A-Za-z0-9:_-]{1,256}")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_COUNTRY = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the person who runs the bot has chosen; the token never shows."""

    telegram_token: str | None = field(default=None, repr=False)
    telegram_base_url: str = DEFAULT_BASE_URL
    """the address of the Bot API, up to but without "/bot" """
    knowledge: Path | None = None
    country: str | None = None
    log_level: str = "info"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of an environment, where an empty variable counts as none.

    Raises:
        SettingsError: a variable cannot be used; the message names it and never shows its value.
    """
    return Settings(
        telegram_token=_token(environment),
        telegram_base_url=_base_url(environment),
        knowledge=_knowledge(environment),
        country=_country(environment),
        log_level=_log_level(environment),
    )


def _value(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()


def _token(environment: Mapping[str, str]) -> str | None:
    name, token = "TELEGRAM_TOKEN", _value(environment, "TELEGRAM_TOKEN")
    file = _value(environment, "TELEGRAM_TOKEN_FILE")
    if token and file:
        raise SettingsError("TELEGRAM_TOKEN and TELEGRAM_TOKEN_FILE are both set: keep only one")
    if file:
        name, token = "TELEGRAM_TOKEN_FILE", _read(file, "TELEGRAM_TOKEN_FILE")
    elif not token:
        return None
    if not _TOKEN.fullmatch(token):
        raise SettingsError(f"{name} does not hold a token: copy the whole line that BotFather gave you")
    return token


def _read(path: str, name: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        # The cause would show the path, so only its kind is told.
        raise SettingsError(f"{name} names a file that cannot be read ({type(error).__name__})") from None


def _base_url(environment: Mapping[str, str]) -> str:
    address = _value(environment, "TELEGRAM_BASE_URL") or DEFAULT_BASE_URL
    if not _ADDRESS.fullmatch(address):
        raise SettingsError("TELEGRAM_BASE_URL is not an address: write it as https://HOST, without a query")
    return address.rstrip("/").removesuffix("/bot")


def _knowledge(environment: Mapping[str, str]) -> Path | None:
    folder = _value(environment, "PLAINLY_KNOWLEDGE")
    if not folder:
        return None
    try:
        exists = Path(folder).is_dir()
    except (OSError, ValueError):
        exists = False
    if not exists:
        raise SettingsError("PLAINLY_KNOWLEDGE does not name a folder: give the path of the knowledge base")
    return Path(folder)


def _country(environment: Mapping[str, str]) -> str | None:
    country = _value(environment, "PLAINLY_COUNTRY")
    if country and not _COUNTRY.fullmatch(country):
        raise SettingsError("PLAINLY_COUNTRY is not a country: write its two letters, such as GB")
    return country.upper() or None


def _log_level(environment: Mapping[str, str]) -> str:
    level = _value(environment, "PLAINLY_LOG_LEVEL").lower() or "info"
    if level not in LOG_LEVELS:
        raise SettingsError(f"PLAINLY_LOG_LEVEL is not a level: write one of {', '.join(LOG_LEVELS)}")
    return level
