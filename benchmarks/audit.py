"""Audit the patient's pages with vnu and Lighthouse: `make audit`. Ends with 1 when a page misses the goal."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

TOOLS = Path("var/audit/node_modules")
PAGES = Path("var/audit/pages")
CHROME_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)

# What is asked of each page, by name: its address and, for results, the question that is posted.
CHECKED: dict[str, tuple[str, str]] = {
    "home": ("/", ""),
    "home-es": ("/es/", ""),
    "topics": ("/topics", ""),
    "about": ("/about", ""),
    "about-es": ("/es/about", ""),
    "offline": ("/offline", ""),
    "results": ("/search", "how well does ketamine work"),
    "results-es": ("/es/search", "ketamina"),
    "crisis": ("/search", "I want to die tonight"),
    "emergency": ("/search", "my son overdosed"),
    "nothing": ("/search", "zebra"),
    "desk": ("/desk", "how well does ketamine work"),
    "embed": ("/embed", "how well does ketamine work"),
}
# Score of 100 that each page must reach; pages of answers are found and added when the server is asked.
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


def addresses(server: str) -> dict[str, tuple[str, str]]:
    """Return the pages to check, with an article and an answer of this server."""
    with urlopen(f"{server}/api/v1/search?{urlencode({'q': 'treatment'})}") as response:
        hit = json.load(response)["hits"][0]
    path = hit["url"].removeprefix(server)
    with urlopen(f"{server}/sitemap.xml") as response:
        text = response.read().decode()
    article = text.split(f"<loc>{server}/articles/", 1)[1].split("<", 1)[0]
    found = {"entry": (path, ""), "entry-es": (f"/es{path}", ""), "article": (f"/articles/{article}", "")}
    return CHECKED | found


def save(server: str, pages: dict[str, tuple[str, str]]) -> None:
    """Save every page: vnu refuses addresses of this machine."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, (path, query) in pages.items():
        body = urlencode({"q": query}).encode() if query else None
        with urlopen(f"{server}{path}", data=body) as response:
            (PAGES / f"{name}.html").write_bytes(response.read())


def html_errors() -> int:
    """Return how many errors vnu finds in the saved pages, which it prints."""
    (jar,) = (TOOLS / "vnu-jar").rglob("vnu.jar")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--errors-only", str(PAGES)],
        check=False,
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    for message in messages:
        print(f"{message['url']}: {message['message']}", file=sys.stderr)
    return len(messages)


def scores(address: str) -> dict[str, int]:
    """Return Lighthouse's scores of a page, mobile profile, 0 to 100."""
    done = subprocess.run(
        [
            str(TOOLS / ".bin" / "lighthouse"),
            address,
            "--quiet",
            "--output=json",
            f"--chrome-flags={CHROME_FLAGS}",
        ],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"},
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in GOALS}


def main() -> None:
    server = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/")
    pages = addresses(server)
    save(server, pages)
    missed = html_errors()
    print(f"vnu: {missed} errors on {len(pages)} pages")
    print("| page | " + " | ".join(GOALS) + " |")
    print("|---|" + "---|" * len(GOALS))
    for name in ("home", "home-es", "entry", "article", "topics", "about"):
        found = scores(server + pages[name][0])
        missed += sum(found[category] < goal for category, goal in GOALS.items())
        print(f"| {name} | " + " | ".join(str(found[category]) for category in GOALS) + " |", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
