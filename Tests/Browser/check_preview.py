"""Opens a page of `course serve` in a real browser while its chapter runs, and checks what it shows.

    python3 check_preview.py .build/release/course BOOK CHAPTER

The chapter has three cells: one that ends at once, one that is in a loop of 20,000 steps, named "waiting", for
half an hour, and a last one. The loop is made shorter, and made to fail, as the check goes on: it waits for
what it expects, and never depends on how fast the machine is. Prints what is wrong; exits with 1 where
something is. With --pictures FOLDER it takes pictures of the bar.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, sync_playwright

from check_pages import CHROMIUM, PATIENCE, PHONE, TOO_WIDE, WIDE

STEPS = 20_000
WORDS = re.compile(r"waiting: ([\d,]+) of 20,000( · [^·]+ left)?")

APPEARED = "document.querySelector('.preview-bar')?.getAnimations().every(a => a.playState === 'finished')"

# What of the chapter has moved.
WATCH_MOVES = """
window.moved = []
new PerformanceObserver(list => {
  const chapter = '.cell, article > *'
  for (const {sources} of list.getEntries()) for (const {node} of sources)
    if (node?.closest?.(chapter) && !node.closest('[role=progressbar]')) window.moved.push(node.textContent.slice(0, 40))
}).observe({type: 'layout-shift', buffered: true})
"""

# Counts how often the words beside the bar and those that are read out change.
WATCH_WORDS = """
window.changes = 0, window.spoken = []
new MutationObserver(list => {
  const within = (node, selector) => (node.closest ? node : node.parentElement)?.closest(selector)
  if (list.some(change => within(change.target, '.preview-words'))) window.changes += 1
  if (list.some(change => within(change.target, '[role=status]:not(#search *)')))
    window.spoken.push([...document.querySelectorAll('[role=status]:not(#search *)')].map(e => e.textContent).join('|'))
}).observe(document, {subtree: true, childList: true, characterData: true})
"""

BARS = """
() => [...document.querySelectorAll('[role=progressbar]')].map(bar => ({
  words: bar.textContent, label: bar.ariaLabel, value: bar.ariaValueNow, valueText: bar.ariaValueText,
  cell: bar.closest('.cell')?.querySelector('.code code').textContent || '',
  done: bar.querySelector('.preview-done').style.width,
  top: bar.getBoundingClientRect().top,
}))
"""


def arrive_late(request):
    time.sleep(0.3)
    request.continue_()


class Preview:
    """A browser's view of one chapter while it is served: its server, its chapter, what is wrong."""

    def __init__(self, browser, address, chapter, problems):
        self.browser = browser
        self.address = address
        self.chapter = chapter
        self.problems = problems

    def open(self, page=None, hears=True, **options):
        """A tab with the chapter's page or another, which hears the news or does not."""
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        # The news must wait for what they are shown by.
        context.route("**/-/preview.css", arrive_late)
        tab = context.new_page()
        tab.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        tab.add_init_script(WATCH_MOVES)
        tab.add_init_script(WATCH_WORDS)
        if not hears:
            tab.route("**/-/news?*", lambda request: request.abort())
        tab.goto(f"{self.address}/{page or self.chapter + '.html'}")
        return tab

    def expect(self, holds, words):
        if not holds:
            self.problems.append(words)

    def wait_for_loop(self, tab):
        """The one bar, once the loop has begun."""
        tab.wait_for_function("/waiting: \\d/.test(document.querySelector('.preview-words')?.textContent)")
        bars = tab.evaluate(BARS)
        self.expect(len(bars) == 1, f"expected one bar, found {bars}")
        return bars[0]

    def check_bar_at_cell(self, tab):
        first = self.wait_for_loop(tab)
        self.expect("waiting" in first["cell"], f"the bar stands at the cell {first['cell']!r}")
        self.expect(first["label"] == "cell 2 of 3", f"the bar is called {first['label']!r}")
        changes = tab.evaluate("window.changes")
        tab.wait_for_function("least => window.changes >= least", arg=changes + 5)
        later = tab.evaluate(BARS)[0]
        words = WORDS.fullmatch(later["words"])
        self.expect(words and words[2], f"expected the step and the time left, found {later['words']!r}")
        self.expect(later["valueText"] == later["words"], f"the bar's value reads {later['valueText']!r}")
        done = (int(words[1].replace(",", "")) - 1) / STEPS * 100 if words else -1
        self.expect(abs(float(later["value"]) - done) <= 1, f"{later['words']}, but the value is {later['value']}")
        self.expect(later["done"] == f"{done:g}%", f"{later['words']}, but the bar is {later['done']} wide")

    def check_looks(self, tab, name):
        """Nothing moves, and the page is sound with the bar."""
        self.wait_for_loop(tab)
        tab.wait_for_function(APPEARED)
        for moved in tab.evaluate("window.moved"):
            self.problems.append(f"{name}: the bar moves {moved!r}")
        self.check_soundness(tab, name)

    def check_soundness(self, tab, name):
        """Nothing sticks out, and axe finds nothing."""
        for culprit in tab.evaluate(TOO_WIDE):
            self.problems.append(f"{name}: wider than the page: {culprit}")
        for violation in Axe().run(tab, options={"preload": False}).response["violations"]:
            self.problems.append(f"{name}: axe: {violation['help']}: {violation['nodes'][0]['html'][:120]}")

    def check_end(self, tab):
        """The fresh page comes by itself, and the bar goes."""
        tab.wait_for_selector(".printed")
        self.check_gone(tab, "the bar stays after the chapter has run")

    def check_gone(self, tab, words):
        try:
            tab.wait_for_selector("[role=progressbar]", state="detached")
        except TimeoutError:
            self.problems.append(words)


def check_change_before_first_news(preview, chapter, wide):
    """A page that is written after it was served, and before its first news, is shown all the same."""
    late = preview.open(hears=False, viewport=WIDE)
    chapter.write_text(chapter.read_text().replace("Wait for it.", "It is here."))
    changed = "document.body.textContent.includes('It is here.')"
    wide.wait_for_function(changed)
    preview.expect(not late.evaluate(changed), "a page that has heard no news has changed")
    late.unroute_all()  # The page asks again each second.
    try:
        late.wait_for_function(changed)
    except TimeoutError:
        preview.problems.append("a page that changed before its first news stays as it was")


def check_missing_page(preview):
    """A page that is not there says so, soundly."""
    tab = preview.open(page="nowhere.html", viewport=PHONE)
    preview.expect(tab.inner_text("h1") == "This page is not there yet", "a page that is not there does not say so")
    preview.check_soundness(tab, "a page that is not there")


def check(preview, chapter, pictures):
    views = {
        "light": preview.open(viewport=WIDE, color_scheme="light"),
        "dark": preview.open(viewport=WIDE, color_scheme="dark"),
    }

    def picture(suffix):
        for name, tab in views.items() if pictures else ():
            tab.screenshot(path=pictures / f"{name}-{suffix}.png")

    wide = views["light"]
    preview.check_bar_at_cell(wide)
    views["phone"] = preview.open(viewport=PHONE, color_scheme="dark")  # The loop is already running.
    for name, tab in views.items():
        preview.check_looks(tab, name)
    picture("at-cell")
    spoken = wide.evaluate("window.spoken")
    step = int(WORDS.fullmatch(wide.evaluate(BARS)[0]["words"])[1].replace(",", ""))
    quarters = 1 + 4 * step // STEPS
    preview.expect(1 <= len(spoken) <= quarters, f"expected a word at each of {quarters} quarters, found {spoken}")
    # While the page still shows the cell as it was, the bar is at the top.
    text = chapter.read_text()
    chapter.write_text(text.replace("sum += step", "sum += 2 * step"))
    wide.wait_for_selector(".preview-bar.at-top")
    bar = preview.wait_for_loop(wide)
    preview.expect(bar["cell"] == "" and bar["top"] == 0, f"expected the bar at the page's top, found {bar}")
    preview.expect(bar["words"].startswith("cell 2 of 3 · waiting: "), f"the bar at the top says {bar['words']!r}")
    wide.wait_for_function(APPEARED)
    picture("at-top")
    # It goes when the chapter has run, and when it has failed.
    text = re.sub(r"start \+ \d+", "start + 1", text)
    chapter.write_text(text)
    preview.check_end(wide)
    check_change_before_first_news(preview, chapter, wide)
    check_missing_page(preview)
    chapter.write_text(text.replace("sum += step", "sum += [step][step / 100]"))
    wide.wait_for_function("document.body.textContent.includes('(in step 100 of 20,000 of “waiting”)')")
    preview.check_gone(wide, "the bar stays after the chapter has failed")


def main():
    parser = argparse.ArgumentParser(description="Check the preview of a running chapter in a real browser.")
    parser.add_argument("course", help="the program")
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument("chapter", help="the chapter's file name without .md")
    parser.add_argument("--pictures", type=Path, help="where to put pictures of the bar")
    arguments = parser.parse_args()
    problems = []
    command = [arguments.course, "serve", "--book", str(arguments.book), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        said = server.stdout.readline()
        port = re.search(r"http://localhost:(\d+)/", said)
        if not port:
            sys.exit(f"✗ expected the server to tell its address, found {said!r}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            preview = Preview(browser, f"http://127.0.0.1:{port[1]}", arguments.chapter, problems)
            check(preview, arguments.book / f"{arguments.chapter}.md", arguments.pictures)
            browser.close()
    finally:
        server.terminate()
        try:
            server.wait(timeout=PATIENCE / 1000)
        except subprocess.TimeoutExpired:
            problems.append("the server still runs long after it was told to end")
            server.kill()
    for problem in problems:
        print(f"✗ {problem}")
    sys.exit(1 if problems else 0)


main()
