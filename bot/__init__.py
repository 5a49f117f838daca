"""Plainly: a sexual-health chatbot for adults that answers plainly and knows when to send for help."""

from bot.app import Inbound, Service, open_service
from bot.core.blocks import Reply
from bot.errors import ChannelError, KnowledgeError, PlainlyError, Problem, SettingsError

__all__ = [
    "ChannelError",
    "Inbound",
    "KnowledgeError",
    "PlainlyError",
    "Problem",
    "Reply",
    "Service",
    "SettingsError",
    "open_service",
]
__version__ = "0.1.0"
