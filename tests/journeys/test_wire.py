"""What the HTTP server itself does with bytes no browser sends (ASVS 5.0, 4.2.1 and 13.4.3)."""

import socket
from urllib.parse import urlsplit

import pytest

LENGTHS = [
    b"Content-Length: 5\r\nContent-Length: 50\r\n",
    b"Content-Length: +5\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding: xchunked\r\n",
    b"Content-Length : 5\r\n",
]


@pytest.fixture
def say(installation):
    """Send bytes to the installation; everything it answers until it hangs up.

    A message whose end the server may still wait for says so (`ends`). The others keep their side open: whoever
    closes it early tells the server that nobody is left to answer, and may get nothing.
    """
    parts = urlsplit(installation.url)

    def ask(message: bytes, ends: bool = False) -> bytes:
        with socket.create_connection((parts.hostname, parts.port), timeout=10) as wire:
            wire.sendall(message)
            if ends:
                wire.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: wire.recv(65536), b""))

    return ask


@pytest.mark.parametrize("lengths", LENGTHS)
def test_two_lengths_never_make_two_requests(say, lengths):
    """RFC 9112, 6.3: a message whose length cannot be told for sure is refused and nothing after it is read."""
    hidden = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = say(b"POST /healthz HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\n0\r\n\r\n" + hidden, ends=True)
    assert answer.count(b"HTTP/1.1") <= 1
    assert b"ready" not in answer


def test_chunks_win_over_a_length_beside_them(say):
    """RFC 9112, 6.3, 3: the length is ignored, so what follows the last chunk is the next request for everybody."""
    answer = say(
        b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"2\r\nab\r\n0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    assert (b"ready\n" in answer) == (answer.count(b"HTTP/1.1") == 2)  # or it hangs up after the first


@pytest.mark.parametrize(
    "path", [b"/static/", b"/static/ui/", b"/static/../keys/", b"/static/%2e%2e/madoguchi.sqlite3"]
)
def test_a_folder_is_not_listed(say, path):
    answer = say(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4")
