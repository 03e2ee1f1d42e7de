"""Count what goes over the line: a relay between a browser and a server on this machine."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from urllib.parse import urlsplit

PIECE = 65_536  # bytes


class Relay:
    """Passes connections on to a server. `received` counts the bytes that came back, heads included."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._lock = Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.received = 0
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"

    def run(self) -> None:
        """Serve until the listening socket is closed."""
        while True:
            try:
                browser, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            Thread(target=self._pass, args=(browser, server, False), daemon=True).start()
            Thread(target=self._pass, args=(server, browser, True), daemon=True).start()

    def close(self) -> None:
        # Closing alone would leave `accept` waiting.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if counted:
                    with self._lock:
                        self.received += len(piece)
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)


@contextmanager
def relay_to(address: str) -> Iterator[Relay]:
    """Run a relay to the server at `address` ("http://127.0.0.1:8000/") until the block ends."""
    parts = urlsplit(address)
    relay = Relay((parts.hostname or "127.0.0.1", parts.port or 80))
    thread = Thread(target=relay.run)
    thread.start()
    try:
        yield relay
    finally:
        relay.close()
        thread.join()
