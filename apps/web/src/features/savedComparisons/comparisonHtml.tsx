/** A saved comparison as one HTML file with its own styles, light and dark as the reader's system is. */
import chartStyles from "../charts/Chart.module.css";
import { imageAsData, writeHtml } from "../marks/standaloneHtml.tsx";
import { ComparisonDocument } from "./ComparisonDocument.tsx";
import type { SavedComparison } from "./savedComparison.ts";

const { chart = "", chartRule = "", chartBand = "", chartFrame = "", chartLine = "", chartMark = "" } = chartStyles;

/** The tokens of the web application's global style sheet that the file needs. */
const css = `
:root { color-scheme: light dark; --paper: #fbfbfa; --well: #f2f2f0; --hair: #e3e3e0; --frame: #868990; --ink: #17181b; --ink-2: #4d5055; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0e0f11; --well: #1c1e22; --hair: #272a2f; --frame: #666a72; --ink: #edece8; --ink-2: #b0b2b6; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/21px system-ui, sans-serif; }
main { max-width: 1168px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 500; }
h2 { margin: 40px 0 8px; font-size: 15px; line-height: 20px; font-weight: 600; }
a { color: inherit; }
.second { color: var(--ink-2); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 24px 6px 0; border-bottom: 1px solid var(--hair); text-align: left; vertical-align: top; }
th { color: var(--ink-2); font-weight: 500; }
pre, code { font-family: ui-monospace, monospace; font-size: 12px; }
pre { padding: 12px; overflow-x: auto; background: var(--well); }
.mark { display: inline-block; width: 20px; border: 1px solid var(--ink); border-radius: 50%; color: var(--ink); font-size: 12px; line-height: 18px; text-align: center; }
figure { margin: 0; min-width: 104px; }
figure img { display: block; border: 1px solid var(--frame); image-rendering: pixelated; }
figcaption { display: grid; grid-template-columns: auto 1fr; gap: 0 6px; align-items: center; margin-top: 4px; }
figcaption i { width: 10px; height: 10px; border: 1px solid var(--frame); }
figcaption span, figcaption code { grid-column: 1 / -1; color: var(--ink-2); font-size: 12px; line-height: 16px; }
figcaption code { width: 17ch; font-size: 11px; overflow-wrap: anywhere; }
.${chart} { overflow: visible; }
.${chart} text { fill: var(--ink-2); font: 500 11px/16px ui-monospace, monospace; }
.${chartRule} { stroke: var(--hair); }
.${chartFrame} { stroke: var(--frame); }
.${chartBand} { fill: var(--ink); opacity: 0.07; }
.${chartLine} { fill: none; stroke: var(--ink); }
.${chartMark} { stroke: var(--ink); }
@media print { main { max-width: none; padding: 0; } section { break-inside: avoid-page; } }
`;

/**
 * @param address Of the comparison's page.
 * @throws Error if an image could not be loaded.
 */
export function comparisonHtml(saved: SavedComparison, address: string): Promise<string> {
  return writeHtml({
    title: `${saved.title} · ${saved.key}`,
    css,
    body: <ComparisonDocument saved={saved} address={address} chart={chart} />,
    address,
    loadImage: imageAsData,
  });
}
