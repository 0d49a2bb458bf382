"""What a person or an organization has set: today, where their language model is."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible language model; `timeout` is in seconds, for all tries together."""

    url: str
    model: str
    timeout: float
    key: str = field(default="", repr=False)

    @property
    def is_web_address(self) -> bool:
        """Tell whether the URL names a machine to reach by HTTP."""
        try:
            parts = urlsplit(self.url)
            plain = not (parts.query or parts.fragment) and parts.port != 0
            return parts.scheme in ("http", "https") and bool(parts.hostname) and plain
        except ValueError:
            return False

    @property
    def place(self) -> str:
        """Give where texts go, without what is private in the URL."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"

    @property
    def on_this_machine(self) -> bool:
        """Tell whether texts stay on this machine."""
        return urlsplit(self.url).hostname in LOOPBACK

    @property
    def in_the_clear(self) -> bool:
        """Tell whether texts travel to another machine without encryption."""
        return urlsplit(self.url).scheme == "http" and not self.on_this_machine
