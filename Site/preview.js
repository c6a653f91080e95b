// What `course serve` adds to a page: it waits for news, loads the page anew when its file has changed, and
// shows what runs and what is wrong. The written site has none of this.
(function () {
  "use strict";
  const page = location.pathname.slice(1) || "index.html";
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // At the foot: problems, which are read out, and the chapters that run, which are not.
  const problems = make("div", { role: "status" });
  const chapters = make("div", {});
  const foot = make("pre", { class: "preview-foot", hidden: "" }, problems, chapters);
  const aside = make("aside", { "aria-label": "Preview" }, foot);
  function showFoot(news) {
    const running = Object.entries(news.running).map(
      ([name, { words, cell }]) => name + ": " + [words].concat(cell?.loop?.words ?? []).join(" · "));
    foot.hidden = !news.problems.length && !running.length;
    foot.classList.toggle("wrong", news.problems.length > 0);
    say(problems, news.problems.join("\n"));
    say(chapters, running.join("\n"));
  }

  // The cell that runs is found by its code, since the page may be older than the chapter. Of two alike it
  // is the first.
  const codeOf = (cell) => cell.querySelector(".code code")?.textContent.trimEnd();
  const cells = new Map(Array.from(document.querySelectorAll(".cell"), (cell) => [codeOf(cell), cell]).reverse());

  // A bar at the running cell, or at the page's top where the page does not show the cell.
  const announcer = make("div", { role: "status", class: "preview-unseen" });
  let bar = null;
  const nameOf = (standing) => standing.words + "\n" + standing.cell.code;
  function beginBar(standing) {
    const words = make("span", { class: "preview-words" });
    const done = make("div", { class: "preview-done" });
    const track = make("div", { class: "preview-track" }, done);
    const attributes = { class: "preview-bar", role: "progressbar", "aria-label": standing.words };
    const element = make("div", attributes, words, track);
    const cell = cells.get(standing.cell.code?.trimEnd());
    if (!cell) element.classList.add("at-top");
    (cell || aside).append(element);
    bar = { element, words, done, names: cell ? "" : standing.words + " · ", of: nameOf(standing), quarter: -1 };
  }
  function showBar(standing) {
    const running = standing && standing.cell;
    if (bar && !(running && bar.of === nameOf(standing))) {
      bar.element.remove();
      bar = null;
    }
    if (!running) return;
    if (!bar) beginBar(standing);
    const loop = running.loop;
    const words = loop ? loop.words : "running";
    say(bar.words, bar.names + words);
    bar.element.setAttribute("aria-valuetext", words);
    bar.element.classList.toggle("unknown", !loop);
    if (!loop) return bar.element.removeAttribute("aria-valuenow");
    bar.element.setAttribute("aria-valuenow", Math.round(100 * loop.fraction));
    bar.done.style.width = 100 * loop.fraction + "%";
    // Read out when a quarter is done, not five times a second.
    const quarter = Math.floor(4 * loop.fraction);
    if (quarter > bar.quarter) say(announcer, standing.words + ", " + words);
    bar.quarter = Math.max(bar.quarter, quarter);
  }

  // The page is out of date where it, or what it looks by, has changed since it was served, be it before the
  // first news; or where another server has taken the place of the one it is from.
  const served = Number(document.currentScript.dataset.version);
  const isStale = (news) => [news.began, ...[page, "site.css", "site.js"].map((file) => news.files[file] || 0)]
    .some((version) => version > served);
  let version = 0;
  async function wait() {
    try {
      const news = await (await fetch("/-/news?after=" + version, { cache: "no-store" })).json();
      if (isStale(news)) return location.reload();
      version = news.version;
      showFoot(news);
      showBar(news.running[page.replace(/\.html$/, "")]);
      wait();
    } catch (_) {
      setTimeout(wait, 1000);
    }
  }
  aside.append(announcer);
  document.body.append(aside);
  // Without its looks a bar would push the page down.
  const looks = make("link", { rel: "stylesheet", href: "/-/preview.css" });
  looks.onload = looks.onerror = wait;
  document.head.append(looks);
})();
