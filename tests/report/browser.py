"""A headless Chromium, driven by its DevTools protocol: what a page asks for, says, and prints."""

import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import websocket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WHY_NOT = "Chromium is not installed (Debian: apt-get install chromium)"
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-port=0", "--remote-allow-origins=*",
)  # fmt: skip
_PATIENCE = 60


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold before patience runs out."""
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


class Tab:
    """A tab with one page, and everything it said or asked for since it was opened."""

    def __init__(self, address: str) -> None:
        """Connect to a tab by the address of its debugger."""
        self._socket = websocket.create_connection(address, timeout=_PATIENCE)
        self._number = 0
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol; events that come in between are kept."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()

    def open(self, page: Path) -> None:
        """Show a file and wait until it is there."""
        self.call("Page.navigate", url=page.as_uri())
        deadline = time.monotonic() + _PATIENCE
        while self.evaluate("document.readyState") != "complete" or self.evaluate("location.href") != page.as_uri():
            assert time.monotonic() < deadline, "the page does not load"
            time.sleep(0.05)

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def width(self, pixels: int) -> None:
        """Look at it as on a screen of this width."""
        self.call("Emulation.setDeviceMetricsOverride", width=pixels, height=900, deviceScaleFactor=1, mobile=False)

    def picture(self) -> bytes:
        """The whole page as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def printed(self) -> bytes:
        """The page as PDF, on the paper the page asks for."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])

    def images(self) -> list[str]:
        """Names of the images as who cannot see them hears them."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") in ("image", "img")]

    def problems(self) -> list[str]:
        """What the console or the log complains of."""
        result = [
            event for event in self.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
        ]
        result += [
            event
            for event in self.events
            if event.get("method") == "Runtime.consoleAPICalled" and event["params"]["type"] in ("error", "warning")
        ]
        return [json.dumps(event["params"]) for event in result]

    def asked_for(self) -> list[str]:
        """Addresses that the page asked for, itself and what it holds inside left out."""
        sent = [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]
        return [url for url in sent if not url.startswith("data:")]


@contextmanager
def tab() -> Iterator[Tab]:
    """A tab of a new browser without a profile, ended and removed afterwards."""
    assert CHROMIUM is not None, WHY_NOT
    with tempfile.TemporaryDirectory(prefix="quotum-browser-", ignore_cleanup_errors=True) as profile:
        command = [CHROMIUM, *_QUIET, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with closing(Tab(_address(Path(profile), process))) as result:
                yield result
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _address(profile: Path, process: "subprocess.Popen[bytes]") -> str:
    noted, deadline = profile / "DevToolsActivePort", time.monotonic() + _PATIENCE
    while not (noted.is_file() and noted.read_text().count("\n")):
        assert process.poll() is None, "Chromium ended"
        assert time.monotonic() < deadline, "Chromium does not answer"
        time.sleep(0.05)
    port = int(noted.read_text().splitlines()[0])
    with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=_PATIENCE) as answer:
        pages = [row for row in json.load(answer) if row["type"] == "page"]
    address: str = pages[0]["webSocketDebuggerUrl"]
    return address
