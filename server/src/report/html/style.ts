/** The style of the page: light or dark as the reader has it, ink on white when printed. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f5f7f9; --card: #ffffff; --ink: #16222c; --soft: #4d5d6b; --line: #d7dfe6; --brand: #12324a; --link: #1b62ad;
  --error: #b3261e; --error-bg: #fbe9e7; --warning: #8a5300; --warning-bg: #fdf1dc; --info: #2b5f8a; --info-bg: #e7f0f8;
  --ok: #1b6e45; --ok-bg: #e3f4ea; --mark: #ffe2a8; --code: #eef2f5;
  --plate: #ffffff; --wall: #12324a; --flood: #c9443b; --leak: #f0b45a; --flood-ink: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f171e; --card: #17222c; --ink: #e6edf3; --soft: #a3b3c1; --line: #2b3b48; --brand: #cfe0ee; --link: #7db7f0;
    --error: #ff9c92; --error-bg: #45201d; --warning: #f5c069; --warning-bg: #3f2f12; --info: #93c5f0; --info-bg: #1b3347;
    --ok: #7fd6a5; --ok-bg: #173a29; --mark: #6b4e12; --code: #0f1a23;
    --plate: #1c2a36; --wall: #7f97ab; --flood: #a93a32; --leak: #a87424; --flood-ink: #ffffff;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header.page, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.5rem; }
header.page { padding-top: 2.5rem; }
.mast { display: flex; align-items: center; gap: .9rem; }
.mast svg { width: 2.75rem; height: 2.75rem; flex: none; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; letter-spacing: -.01em; color: var(--brand); }
.meta { margin: .15rem 0 0; color: var(--soft); font-size: .9rem; }
.verdict { font-size: 1.2rem; margin: 1.6rem 0 .35rem; max-width: 46rem; }
.summary { margin: 0; color: var(--soft); max-width: 56rem; }
nav { margin: 1.2rem 0 0; font-size: .92rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 0; padding: .6rem 0; border-block: 1px solid var(--line); }
h2 { font-size: 1.25rem; margin: 2.8rem 0 .9rem; color: var(--brand); }
h3 { font-size: 1.02rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 0; overflow-wrap: anywhere; font-weight: 600; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre, .path { font-family: ui-monospace, SFMono-Regular, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
code { background: var(--code); padding: .08em .32em; border-radius: 4px; overflow-wrap: anywhere; }
.summary code { white-space: nowrap; }
.summary code, section > p code, .file h4 code { background: var(--card); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 1.1rem; overflow: hidden; }
.scroll { overflow-x: auto; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .4rem .8rem; }

.chart { padding: 1.1rem 1.1rem .7rem; }
.hull { display: block; width: 100%; min-width: 40rem; height: auto; }
.hull text { text-anchor: middle; font-family: inherit; fill: var(--ink); }
.hull .number { font-size: 13px; fill: var(--soft); }
.hull .slug { font-size: 13px; fill: var(--soft); }
.hull .count { font-size: 23px; font-weight: 650; }
.hull .count.danger { fill: var(--flood-ink); }
.hull .count.ok { fill: var(--ok); }
.hull .count.unknown { fill: var(--soft); }
.hull .plate { fill: var(--plate); }
.hull .outline { fill: none; stroke: var(--wall); stroke-width: 3.5; stroke-linejoin: round; }
.hull .wall { stroke: var(--wall); stroke-width: 2; }
.hull .hatch { stroke: var(--line); stroke-width: 2; }
.hull .water.danger { fill: var(--flood); }
.hull .water.attention { fill: var(--leak); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; margin: .7rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .85rem; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .45em; border: 1px solid var(--wall); vertical-align: -.05em; }
.legend .danger { background: var(--flood); }
.legend .attention { background: linear-gradient(transparent 50%, var(--leak) 50%); }
.legend .unknown { background: repeating-linear-gradient(45deg, var(--line) 0 2px, transparent 2px 4px); }

table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; padding: .5rem .8rem; vertical-align: baseline; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-weight: 600; color: var(--soft); font-size: .82rem; }
th[scope=row] { font-weight: 600; }
.what { display: block; font-weight: 400; color: var(--soft); font-size: .88rem; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.num.none { color: var(--soft); opacity: .75; }
.date { white-space: nowrap; }
.bar { display: inline-block; width: 6.5rem; height: .55rem; background: var(--code); border-radius: 3px; }
.bar .error { fill: var(--flood); } .bar .warning { fill: var(--leak); } .bar .info { fill: var(--info); opacity: .75; }
.bar-cell .bar { margin-bottom: .1rem; }

.badge { display: inline-block; font-size: .78rem; font-weight: 600; line-height: 1.35; padding: .1rem .5rem; border-radius: 99px; white-space: nowrap; }
.badge.error, .badge.danger { color: var(--error); background: var(--error-bg); }
.badge.warning, .badge.attention { color: var(--warning); background: var(--warning-bg); }
.badge.info, .badge.hint { color: var(--info); background: var(--info-bg); }
.badge.ok { color: var(--ok); background: var(--ok-bg); }
.badge.unknown { color: var(--soft); background: var(--code); }

.urgent { padding: .4rem 1.1rem .6rem 2.6rem; border-left: 4px solid var(--flood); }
.urgent li { padding: .5rem 0; break-inside: avoid; }
.urgent li::marker { font-weight: 600; color: var(--soft); }
.urgent p { margin: 0; overflow-wrap: anywhere; }

.file > header { padding: .8rem 1.1rem; display: flex; flex-wrap: wrap; gap: .2rem 1rem; justify-content: space-between; align-items: baseline; }
.file > header p { margin: 0; color: var(--soft); font-size: .88rem; }
.file h4 { padding: .5rem 1.1rem; background: var(--code); border-top: 1px solid var(--line); }
.file h4 small { font-weight: 400; color: var(--soft); font-size: .88rem; }
.findings { list-style: none; margin: 0; padding: 0; }
.findings > li { padding: .85rem 1.1rem .95rem; border-top: 1px solid var(--line); break-inside: avoid; }
.top { display: flex; gap: .2rem .8rem; justify-content: space-between; align-items: baseline; flex-wrap: wrap; font-size: .85rem; color: var(--soft); }
.message { margin: .35rem 0 0; overflow-wrap: anywhere; max-width: 52rem; }
.excerpt { margin: .55rem 0 0; padding: .5rem .8rem; background: var(--code); border-radius: 6px; overflow-x: auto; tab-size: 4; font-size: .84rem; line-height: 1.45; }
.excerpt b { font-weight: 400; color: var(--soft); user-select: none; margin-right: 1.1em; }
.hidden { color: var(--soft); font-style: italic; }
mark { background: var(--mark); color: inherit; border-radius: 2px; padding: .05em 0; }
.notes { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .92rem; }
.notes li { padding-left: 1.2em; position: relative; }
.notes li::before { content: "→"; position: absolute; left: 0; color: var(--soft); }
.notes .grade, .lacks .grade { color: var(--soft); font-size: .85rem; }
.lacks { margin-top: .5rem; font-size: .9rem; }
.lacks td, .lacks th { padding: .28rem .8rem .28rem 0; border-color: var(--line); font-weight: 400; overflow-wrap: anywhere; }
.lacks td:last-child { white-space: nowrap; padding-right: 0; }

.advice article { padding: .95rem 1.1rem 1rem; border-top: 1px solid var(--line); break-inside: avoid; }
.advice article:first-child { border-top: 0; }
.advice p { margin: .4rem 0 0; max-width: 52rem; }
.advice .refs { font-size: .85rem; color: var(--soft); }
.advice .id { font-weight: 400; color: var(--soft); font-size: .85rem; margin-left: .5rem; }
:target { scroll-margin-top: 1rem; box-shadow: inset 4px 0 0 var(--link); }
.caution { background: var(--warning-bg); color: var(--warning); border-radius: 8px; padding: .6rem 1rem; margin: 1rem 0 0; }
footer { color: var(--soft); font-size: .85rem; padding-block: 1.5rem 3rem; }

@media (max-width: 40rem) { th[scope=row] { min-width: 7rem; } .what, .bar-cell, tr > .num:first-child { display: none; } th, td { padding-inline: .25rem; } table { font-size: .86rem; } thead th { font-size: .74rem; } table .badge { font-size: .72rem; padding-inline: .4rem; } header.page, main, footer { padding-inline: 1rem; } }
@page { margin: 14mm; }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --brand: #12324a; --link: #12324a;
    --error: #8f1d16; --error-bg: #fff; --warning: #6d4200; --warning-bg: #fff; --info: #234e72; --info-bg: #fff;
    --ok: #14573a; --ok-bg: #fff; --mark: #ffe2a8; --code: #f3f3f3;
    --plate: #fff; --wall: #12324a; --flood: #c9443b; --leak: #f0b45a; --flood-ink: #fff;
  }
  body { font-size: 10.5pt; }
  header.page, main, footer { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  .badge { border: 1px solid currentColor; }
  .hull, .bar, mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .card { overflow: visible; }
  tr { break-inside: avoid; }
  .chart + .card .what { display: none; }
  .file > header, h2, h4 { break-after: avoid; }
  .excerpt { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;
