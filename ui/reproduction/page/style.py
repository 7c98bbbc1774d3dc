"""The style sheet of the report: for screens wide and narrow, light and dark, and for paper."""

STYLE = """
:root {
  --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --rule: #d8dee4; --wash: #f5f7f9; --accent: #0b5cad;
  --bar: #2f6fb2; --behind: #cfdfef; --good: #1a6b3c; --good-wash: #e3f3e8; --warn: #7a4d00; --warn-wash: #fdf1d8;
  --bad: #a3201b; --bad-wash: #fbe6e4; --none-wash: #eceff2; --comment: #57606a; --string: #0a4f2c; --keyword: #8a1c5c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e3e7eb; --quiet: #a2acb6; --rule: #343b43; --wash: #1c2126; --accent: #7fb8f5;
    --bar: #5b9ee0; --behind: #2a3f55; --good: #8fd6a8; --good-wash: #17321f; --warn: #f0c674; --warn-wash: #3a2d10;
    --bad: #ff9f97; --bad-wash: #43191a; --none-wash: #2a3037; --comment: #9aa5b0; --string: #9fd8b4;
    --keyword: #f2a3cf;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.9rem; margin: .2rem 0 .6rem; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
h4 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; text-wrap: pretty; }
sub, sup, .index { font-size: .75em; line-height: 0; }
code, pre { font-size: .84em;
  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre code { font-size: inherit; }
.hash, .path code { overflow-wrap: anywhere; }
.kicker { margin: 0; color: var(--accent); font-weight: 600; }
.byline { color: var(--quiet); margin: 0; }
.lead { font-size: 1.12rem; max-width: 46rem; margin: 1.2rem 0; }
.small, .note, figcaption { font-size: .875rem; color: var(--quiet); }
.sign { font-size: .75em; border: 1px solid currentColor; border-radius: 2px; padding: 0 .2em; margin: 0 .1em;
  white-space: nowrap; color: var(--bad); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: 1px; margin: 1.5rem 1px; }
.tiles > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .7rem .85rem;
  outline: 1px solid var(--rule); }
.tiles dt { font-size: .8rem; line-height: 1.3; color: var(--quiet); }
.tiles dd { margin: 0; font-size: 1.55rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .wrong dd { color: var(--bad); }
.notice { background: var(--warn-wash); border-left: 4px solid var(--warn); padding: .6rem 1rem; margin: 1rem 0; }
.notice p { margin: .25rem 0; max-width: 52rem; }

nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; list-style: none; padding: .6rem 0; margin: 1.5rem 0 0;
  border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
figure { margin: 1.5rem 0; }
figcaption { margin-bottom: .6rem; }
.key { display: inline-block; width: 1.4em; height: .75em; margin: 0 .15em 0 .6em; }
.key:first-child { margin-left: 0; }
.key.bar { background: var(--bar); } .key.behind { background: var(--behind); }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--ink); font-family: inherit; font-size: 13px; }
svg .index { font-size: 10px; } svg .count { fill: var(--quiet); font-size: 12px; }
svg .bar { fill: var(--bar); } svg .behind { fill: var(--behind); }
svg .axis { stroke: var(--quiet); fill: none; stroke-width: 1; }
svg .steps { fill: var(--behind); stroke: var(--bar); stroke-width: 1.4; stroke-linejoin: miter; }
.chart .wide svg { max-width: 960px; } .histogram .wide svg { max-width: 490px; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.2rem 2rem; }
.plots figure { margin: 0; }
.chart .narrow { display: none; }

.scroll { overflow-x: auto; margin: 1.2rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
th, td { padding: .34rem .7rem .34rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
.scroll thead th { white-space: normal; }
thead th { border-bottom: 2px solid var(--quiet); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.path { min-width: 12rem; }
td .hash { font-size: .75rem; }
.holds { color: var(--good); font-weight: 600; } .fails { color: var(--bad); font-weight: 700; }

.cut { border-left: 3px solid var(--bar); padding: .1rem 0 .1rem 1rem; margin: 0 0 2rem; }
.cut.proxy { border-color: var(--warn); }
.cut.not-possible, .cut.left-out { border-color: var(--rule); }
.cut.not-understood { border-color: var(--bad); }
.cut:target, .l:target { background: var(--warn-wash); }
.which { color: var(--quiet); font-variant-numeric: tabular-nums; margin-right: .3rem; }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; line-height: 1.3; padding: .1rem .45rem;
  border-radius: .2rem; margin-left: .35rem; vertical-align: .1em; white-space: nowrap; }
.badge.compiled { color: var(--good); background: var(--good-wash); }
.badge.proxy { color: var(--warn); background: var(--warn-wash); }
.badge.not-possible, .badge.left-out { color: var(--quiet); background: var(--none-wash); }
.badge.not-understood { color: var(--bad); background: var(--bad-wash); }
.reason { max-width: 48rem; }
blockquote { margin: .5rem 0; max-width: 48rem; unicode-bidi: isolate; }
blockquote p { font-family: Charter, "Iowan Old Style", Palatino, Georgia, "DejaVu Serif", serif; font-size: 1.03rem;
  margin: 0; unicode-bidi: isolate; }
blockquote footer { font-size: .875rem; color: var(--quiet); margin-top: .15rem; }
.chain p { margin: .3rem 0 0; } .chain ul { margin: 0 0 .3rem; padding-left: 1.2rem; }
.cut .small { margin: .25rem 0; max-width: 52rem; }
pre { background: var(--wash); padding: .55rem .8rem; margin: .6rem 0; overflow-x: auto; line-height: 1.45; }
.command { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--accent); }

ul { padding-left: 1.3rem; }
li { margin: .2rem 0; max-width: 52rem; }
.choice { margin: 1.4rem 0; }
.options { list-style: circle; } .options .taken { list-style: disc; } .effect { font-weight: 600; }
.inline { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; list-style: none; padding: 0; margin: 0; }
.facts { margin: .6rem 0; }
.facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .2rem 0; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.paper { margin: 0 0 1.6rem; } .paper h3 { margin: 1.2rem 0 .3rem; }

.listing { font-size: .75rem; padding: .6rem 0; }
.snippet { white-space: pre-wrap; }
.l { padding-left: .2rem; border-left: 3px solid transparent; }
.l.cutline { border-left-color: var(--bar); }
.n { display: inline-block; width: 3.4em; padding-right: 1em; text-align: right; color: var(--quiet);
  text-decoration: none; user-select: none; }
.n.own { color: var(--accent); text-decoration: underline; }
.c { color: var(--comment); } .s { color: var(--string); } .k { color: var(--keyword); }
body > footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--quiet);
  font-size: .875rem; }

@media (max-width: 640px) {
  body { padding: 1.1rem .9rem 2rem; }
  h1 { font-size: 1.45rem; } h2 { font-size: 1.25rem; }
  .chart .wide, .wide-only { display: none; }
  .chart .narrow { display: block; }
  table { font-size: .84rem; }
  th, td { padding-right: .5rem; }
  .facts > div { grid-template-columns: 1fr; padding: .35rem 0; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .cut { padding-left: .7rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --wash: #fff; --accent: #000; --bar: #555;
    --behind: #ddd; --good: #000; --good-wash: #fff; --warn: #000; --warn-wash: #fff; --bad: #000; --bad-wash: #fff;
    --none-wash: #fff; --comment: #444; --string: #000; --keyword: #000; }
  @page { margin: 15mm; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; }
  h1 { font-size: 1.7rem; }
  nav, .skip { display: none; }
  a { text-decoration: none; }
  h2, h3, h4 { break-after: avoid; }
  .cut { margin-bottom: 1.2rem; }
  .cut, figure, .choice, .paper, tr, .notice { break-inside: avoid; }
  .scroll, pre { overflow: visible; }
  pre, .listing { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 6.8pt; line-height: 1.3; }
  .badge, .notice { border: 1px solid #999; }
}
"""
"""Nothing in it comes from a paper, and it names no file, font or picture to load."""

__all__ = ["STYLE"]
