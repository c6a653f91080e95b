#!/usr/bin/env python3
"""Makes a page of formulas to look at, from the JSON lines that `course math` prints.

  course math < Tests/Browser/hard-formulas.jsonl | Tests/Browser/mathematics-page.py latinmodern-math.woff2 > page.html

A line that holds an error is shown as that error, and the script then ends with status 1.
"""

import html
import json
import pathlib
import sys

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Formulas</title>
<style>
@font-face {{ font-family: "Latin Modern Math"; src: url("{font}"); }}
body {{ font: 18px/1.6 serif; margin: 1rem auto; max-width: 56rem; }}
section {{ border-bottom: 1px solid #ddd; padding: .2rem 0; position: relative; }}
section > small {{ position: absolute; left: 0; top: 0; color: #999; font: 11px sans-serif; }}
{style}
</style>
{sections}
</html>
"""


def main() -> int:
    style = pathlib.Path(__file__).parents[2] / "Site" / "mathematics.css"
    lines = [json.loads(line) for line in sys.stdin if line.strip()]
    sections = []
    for line in lines:
        content = line.get("mathml") or f"<pre>{html.escape(line['error'])}</pre>"
        if not line["display"]:
            content = f"<p>Before it {content} and after it.</p>"
        sections.append(f"<section><small>{line['id']}</small>{content}</section>")
    print(PAGE.format(font=sys.argv[1], style=style.read_text(), sections="\n".join(sections)))
    return 1 if any("error" in line for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
