// What a page gains where scripts run. Everything reads without it.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // Theme: system, light, dark.
  const themeButton = document.getElementById("theme-button");
  const themes = ["system", "light", "dark"];
  function showTheme() {
    const theme = root.dataset.theme || "system";
    themeButton.textContent = { system: "Auto", light: "Light", dark: "Dark" }[theme];
    themeButton.setAttribute("aria-label", "Theme: " + theme);
  }
  themeButton.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % 3];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch (_) {}
    showTheme();
  });
  showTheme();

  // The chapters stand open where there is room beside the text.
  const sidebar = document.getElementById("sidebar");
  if (sidebar && matchMedia("(min-width: 60rem)").matches) {
    sidebar.open = true;
    const current = sidebar.querySelector("[aria-current]");
    if (current) sidebar.scrollTop = current.offsetTop - sidebar.clientHeight / 3;
  }

  // A formula is copied as TeX.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const ends = [range.startContainer, range.endContainer].map((node) => (node.closest ? node : node.parentElement));
    const [first, last] = ends.map((end) => end.closest("math"));
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const box = make("div", {}, range.cloneContents());
    const formulas = box.querySelectorAll("math");
    if (!formulas.length) return;
    event.clipboardData.setData("text/html", box.innerHTML);
    for (const math of formulas) {
      const sign = math.getAttribute("display") === "block" ? "$$" : "$";
      const tex = math.querySelector("annotation").textContent.trim();
      math.replaceWith(sign + tex + sign);
    }
    for (const block of box.querySelectorAll("p, li, h2, h3, .equation")) block.append("\n");
    event.clipboardData.setData("text/plain", box.textContent);
    event.preventDefault();
  });

  // Copy buttons.
  function copyButton(label, text) {
    const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", async () => {
      let outcome = "Copied";
      try {
        await navigator.clipboard.writeText(text());
      } catch (_) {
        outcome = "Not allowed";
      }
      button.textContent = outcome;
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    return button;
  }
  for (const box of all(".code"))
    box.append(copyButton("Copy the code", () => box.querySelector("code").textContent));
  for (const command of all("[data-copy]"))
    command.after(copyButton("Copy the command", () => command.textContent));

  // What is wider than the page scrolls by keyboard too.
  for (const [selector, label] of [[".formula", "Formula"], ["pre", "Code"], [".scroll", "Table"]])
    for (const box of all(selector))
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", label);
      }

  // Frames: a slider in place of the radio buttons.
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  for (const frames of all(".frames")) {
    const choices = Array.from(frames.querySelectorAll("input[type=radio]"));
    const name = frames.querySelector(".name").textContent;
    const slider = make("input", { type: "range", min: 0, max: choices.length - 1 });
    slider.setAttribute("aria-label", name);
    const output = make("output");
    const play = make("button", { type: "button", textContent: "Play" });
    let timer = 0;
    function show(index) {
      choices[index].checked = true;
      slider.value = index;
      output.textContent = choices[index].nextElementSibling.textContent;
      slider.setAttribute("aria-valuetext", output.textContent);
    }
    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = "Play";
    }
    slider.addEventListener("input", () => {
      stop();
      show(+slider.value);
    });
    play.addEventListener("click", () => {
      if (timer) return stop();
      const last = choices.length - 1;
      if (+slider.value === last) show(0);
      play.textContent = "Pause";
      timer = setInterval(() => {
        show(+slider.value + 1);
        if (+slider.value === last) stop();
      }, still.matches ? 1500 : Math.max(80, Math.min(500, 6000 / choices.length)));
    });
    frames.append(make("div", { className: "control" }, slider, output, play));
    show(choices.findIndex((choice) => choice.checked));
  }

  // Picture maps: a pointer or the sliders choose a node, whose picture shows large.
  for (const map of all(".map")) {
    const sheet = map.querySelector("img");
    const canvas = map.querySelector("canvas");
    const code = map.querySelector(".choice div");
    const sliders = Array.from(map.querySelectorAll("input"));
    const [across, up] = sliders;
    sheet.after(make("span", { className: "ring" }));
    function show() {
      code.textContent = sliders
        .map((slider) => {
          const value = slider.dataset.values.split(" ")[slider.value];
          slider.setAttribute("aria-valuetext", value);
          return slider.previousElementSibling.textContent + " = " + value;
        })
        .join(", ");
      canvas.setAttribute("aria-label", code.textContent);
      const { width, height } = canvas;
      const column = across.value;
      const row = up.max - up.value;
      map.style.setProperty("--column", column);
      map.style.setProperty("--row", row);
      canvas.getContext("2d").drawImage(sheet, column * width, row * height, width, height, 0, 0, width, height);
    }
    function point(event) {
      const box = sheet.getBoundingClientRect();
      const at = (share, slider) => Math.floor(share * (+slider.max + 1));
      across.value = at((event.clientX - box.left) / box.width, across);
      up.value = at((box.bottom - event.clientY) / box.height, up);
      show();
    }
    for (const kind of ["pointermove", "pointerdown"]) sheet.addEventListener(kind, point);
    map.addEventListener("input", show);
    sheet.addEventListener("load", show);
    show();
  }

  // Where the reader is, among the page's contents.
  const entries = new Map(all(".on-this-page a").map((a) => [a.hash.slice(1), a]));
  const headings = all("h2[id]").filter((heading) => entries.has(heading.id));
  function markHere() {
    let here = null;
    for (const heading of headings)
      if (heading.getBoundingClientRect().top < innerHeight / 3) here = heading.id;
    for (const [id, link] of entries) link.classList.toggle("here", id === here);
  }
  if (headings.length) {
    let waits = false;
    addEventListener("scroll", () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        markHere();
      });
    }, { passive: true });
    markHere();
  }

  // Search. The index is a script, since pages opened as files may not fetch.
  let dialog, field, list, status, words;
  function loadIndex() {
    return new Promise((done, fail) => {
      if (words) return done();
      const script = make("script", { src: "search-index.js", onerror: fail });
      script.onload = () => {
        words = window.searchIndex.words.split("\n").map((line) => {
          const [word, ...steps] = line.split(" ");
          return [word, steps];
        });
        done();
      };
      document.head.append(script);
    });
  }
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function find(query) {
    const asked = fold(query).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 || /\p{Ideographic}/u.test(word));
    if (!asked.length) return [];
    const sections = window.searchIndex.sections;
    let scores = null;
    for (const word of asked) {
      const found = new Map();
      for (const [known, steps] of words) {
        if (!known.startsWith(word)) continue;
        let code = 0;
        for (const step of steps) {
          code += +step;
          const section = code >> 2;
          const exact = known === word ? 2 : 1;
          const inTitle = fold(sections[section][2]).includes(word) ? 10 : 0;
          const score = exact * ((code & 3) + 1) + inTitle;
          found.set(section, Math.max(found.get(section) || 0, score));
        }
      }
      if (!scores) scores = found;
      else
        for (const [section, score] of scores)
          if (found.has(section)) scores.set(section, score + found.get(section));
          else scores.delete(section);
    }
    return Array.from(scores)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 20)
      .map(([section]) => sections[section]);
  }
  function showResults() {
    if (!words) return; // the index is on its way
    const results = find(field.value);
    list.replaceChildren(
      ...results.map(([page, id, title, chapter]) => {
        const link = make("a", { href: page + (id ? "#" + id : ""), textContent: title });
        if (chapter) link.append(make("span", { textContent: chapter }));
        link.addEventListener("click", () => dialog.close());
        return make("li", {}, link);
      }));
    status.textContent =
      field.value.trim().length < 2 && !results.length ? "Type a word, then move with the arrow keys."
        : results.length === 0 ? "Nothing found."
          : results.length === 1 ? "One place" : results.length + " places";
  }
  function makeDialog() {
    field = make("input", { type: "search", placeholder: "Search the course", autocomplete: "off" });
    field.setAttribute("aria-label", "Search the course");
    status = make("div");
    status.setAttribute("role", "status");
    list = make("ul");
    dialog = make("dialog", { id: "search" }, field, status, list);
    dialog.setAttribute("aria-label", "Search");
    document.body.append(dialog);
    field.addEventListener("input", showResults);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      const links = Array.from(list.querySelectorAll("a"));
      const at = links.indexOf(document.activeElement);
      if (event.key === "Enter" && at < 0 && links.length) links[0].click();
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] || (next < 0 ? field : links[at]) || field).focus();
    });
  }
  async function search() {
    if (!dialog) makeDialog();
    dialog.showModal();
    field.select();
    try {
      await loadIndex();
      showResults();
    } catch (_) {
      status.textContent = "The search index (search-index.js) cannot be read.";
    }
  }
  document.getElementById("search-button").addEventListener("click", search);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    search();
  });
})();
