"""Visit every slide of a deck with the network blocked and tell what is wrong with it.

python tests/browser/check_deck.py DECK.html ... [--shots FOLDER] [--size 1280x720]
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

MEASURE = (Path(__file__).with_suffix(".js")).read_text(encoding="utf8")
READY = "() => window.Reveal && Reveal.isReady && Reveal.isReady()"
STILL = "*{transition:none!important;animation:none!important}"
SIZES = ((1280, 720), (1024, 768))


@dataclass
class Report:
    """What was seen: `problems` in words with their slide, `slides` as (title, characters)."""

    problems: list[str] = field(default_factory=list)
    slides: list[tuple[str, int]] = field(default_factory=list)
    formulas: int = 0


def check_deck(browser, deck, size, shots=None):
    """Report on all slides of `deck` in a window of `size` pixels; screenshots go to `shots`."""
    report = Report()
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    page = context.new_page()

    def block(route):
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            report.problems.append(f"network: {route.request.url}")
            route.abort()

    page.route("**/*", block)
    page.on("requestfailed", lambda r: report.problems.append(f"request failed: {r.url[:80]}"))
    page.on("pageerror", lambda error: report.problems.append(f"script: {str(error)[:160]}"))
    page.on(
        "console",
        lambda m: report.problems.append(f"console: {m.text[:160]}") if m.type == "error" else None,
    )
    page.goto(deck.resolve().as_uri())
    page.wait_for_function(READY, timeout=30_000)
    page.add_style_tag(content=STILL)
    report.formulas = page.locator("mjx-container").count()
    places = page.evaluate("Reveal.getSlides().map(slide => Reveal.getIndices(slide))")
    for number, place in enumerate(places, start=1):
        page.evaluate("([h, v]) => Reveal.slide(h, v, 9999)", [place["h"], place.get("v") or 0])
        page.wait_for_timeout(60)
        seen = page.evaluate(MEASURE)
        report.slides.append((seen["title"], seen["characters"]))
        report.problems += [f"slide {number} ({seen['title']}): {p}" for p in seen["problems"]]
        if shots:
            page.screenshot(path=str(shots / f"{deck.stem}-{size[0]}-{number:03d}.png"))
    context.close()
    return report


def main():
    from playwright.sync_api import sync_playwright

    from nnbook.slides.chromium import find_chromium, switches

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("decks", nargs="+", type=Path)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--size", help="such as 1280x720; both sizes of the tests if left out")
    arguments = parser.parse_args()
    sizes = [tuple(map(int, arguments.size.split("x")))] if arguments.size else SIZES
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)
    bad = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=switches())
        for deck in arguments.decks:
            for size in sizes:
                report = check_deck(browser, deck, size, arguments.shots)
                bad += len(report.problems)
                print(
                    f"{deck.name} at {size[0]}x{size[1]}: {len(report.slides)} slides, "
                    f"{report.formulas} formulas, {len(report.problems)} problems"
                )
                for problem in report.problems:
                    print(f"  ! {problem}")
        browser.close()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
