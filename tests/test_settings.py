"""What may stand in the environment, and that a mistake is named without being shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import DEFAULT_BASE_URL, Settings, read_settings

TOKEN = "123456:canary-token"


def test_nothing_set_gives_the_defaults() -> None:
    """An empty environment, and one of empty variables, is a bot without Telegram."""
    assert read_settings({}) == Settings()
    assert read_settings({"TELEGRAM_TOKEN": "", "TELEGRAM_BASE_URL": " ", "PLAINLY_COUNTRY": ""}) == Settings()
    assert Settings().telegram_base_url == DEFAULT_BASE_URL


def test_everything_set_is_read(tmp_path: Path) -> None:
    """Each variable reaches its field, in its plain form."""
    environment = {
        "TELEGRAM_TOKEN": f" {TOKEN}\n",
        "TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot/",
        "PLAINLY_KNOWLEDGE": str(tmp_path),
        "PLAINLY_COUNTRY": "gb",
        "PLAINLY_LOG_LEVEL": "DEBUG",
    }
    assert read_settings(environment) == Settings(TOKEN, "http://127.0.0.1:8081", tmp_path, "GB", "debug")


def test_the_token_may_come_from_a_file(tmp_path: Path) -> None:
    """A mounted secret is read without its line end."""
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n", encoding="utf-8")
    assert read_settings({"TELEGRAM_TOKEN_FILE": str(secret)}).telegram_token == TOKEN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "canary with spaces"),
        ("TELEGRAM_TOKEN", "canary/slash"),
        ("TELEGRAM_TOKEN_FILE", "/nowhere/canary"),
        ("TELEGRAM_TOKEN_FILE", "canary\0"),
        ("TELEGRAM_BASE_URL", "canary"),
        ("TELEGRAM_BASE_URL", "https://user:canary@host"),
        ("PLAINLY_KNOWLEDGE", "/nowhere/canary"),
        ("PLAINLY_KNOWLEDGE", "canary\0"),
        ("PLAINLY_COUNTRY", "canary"),
        ("PLAINLY_LOG_LEVEL", "canary"),
    ],
)
def test_a_mistake_is_named_and_not_shown(name: str, value: str) -> None:
    """Each wrong variable is named in the error; its value, which may be a secret, is not."""
    with pytest.raises(SettingsError) as caught:
        read_settings({name: value})
    assert name in str(caught.value)
    assert "canary" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_unreadable_secret_is_not_shown(tmp_path: Path) -> None:
    """A file that holds something else than a token is named by its variable only."""
    secret = tmp_path / "token"
    for content in (b"", b"two canary lines\nhere", b"\xff\xfe canary"):
        secret.write_bytes(content)
        with pytest.raises(SettingsError, match="TELEGRAM_TOKEN_FILE") as caught:
            read_settings({"TELEGRAM_TOKEN_FILE": str(secret)})
        assert "canary" not in str(caught.value)


def test_two_tokens_are_one_too_many(tmp_path: Path) -> None:
    """Whoever sets both variables is asked which one counts."""
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN and TELEGRAM_TOKEN_FILE"):
        read_settings({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_TOKEN_FILE": str(tmp_path)})


def test_the_token_does_not_show() -> None:
    """Settings can be printed without giving the token away."""
    assert "canary" not in repr(Settings(TOKEN))
    assert "canary" not in str(Settings(TOKEN))
