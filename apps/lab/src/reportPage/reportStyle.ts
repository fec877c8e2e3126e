/** The report's styles: text first, scrolling tables, pixelated images; light and dark. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1b1d22; --paper: #fbfaf7; --soft: #6a6d75; --rule: #d9d6cd; --good: #1a7f4b; --bad: #b3261e; --open: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #15161a; --soft: #9a9da6; --rule: #33353c; --good: #5fd39a; --bad: #ff8a80; --open: #e6b450; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 880px; margin: 0 auto; padding: 48px 20px 96px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; } h2 { margin-top: 56px; } h3 { margin-top: 40px; }
p { overflow-wrap: anywhere; } .lead { color: var(--soft); }
a { color: inherit; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--rule); }
th { color: var(--soft); font-weight: 500; } td.number { white-space: nowrap; }
dl { display: grid; grid-template-columns: 90px 1fr; gap: 6px 16px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.verdict { font-size: 12px; font-weight: 600; padding: 2px 8px; border: 1px solid currentColor; border-radius: 99px; white-space: nowrap; color: var(--open); }
.verdict.agree { color: var(--good); } .verdict.disagree { color: var(--bad); } .verdict.undecided, .verdict.not-measured, .verdict.needs-people { color: var(--soft); }
.failure { color: var(--bad); }
figure { margin: 24px 0; } figcaption { color: var(--soft); margin-bottom: 8px; }
.images { display: flex; flex-wrap: wrap; gap: 14px 12px; } .images > div { display: grid; gap: 4px; align-content: start; font-size: 11px; line-height: 1.35; color: var(--soft); width: 96px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.images.grid { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, max-content)); } .images.grid > div { width: auto; max-width: 96px; }
.strip { margin: 24px 0; }
img { image-rendering: pixelated; display: block; max-width: 100%; height: auto; }
.evidence { list-style: none; margin: 0; padding: 0; display: grid; gap: 10px; } .evidence b { font-variant-numeric: tabular-nums; margin-right: 4px; } .evidence i { font-style: normal; color: var(--soft); white-space: nowrap; } td small { display: block; color: var(--soft); font-size: 11px; } .evidence small { display: block; color: var(--soft); font-size: 12px; }
table.bars { min-width: 760px; } tr.failure td:first-child { color: var(--bad); }
@media (max-width: 560px) { main { padding: 28px 16px 64px; } h1 { font-size: 24px; } dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 10px; } .images.grid { gap: 8px 4px; } .images.grid > div { font-size: 9px; } }
svg { width: 100%; height: auto; font-size: 11px; } svg text { fill: var(--soft); } svg text.y { display: none; }
svg path { stroke: var(--soft); fill: none; } svg path.grid { stroke: var(--rule); } svg path.curve { stroke-width: 2; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; font-size: 12px; }
.legend li::before { content: ""; display: inline-block; width: 16px; height: 3px; margin-right: 6px; vertical-align: middle; background: var(--line); }
summary { cursor: pointer; color: var(--soft); margin-top: 12px; }
`;
