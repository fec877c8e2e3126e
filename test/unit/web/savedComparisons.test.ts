/** The files of a saved comparison, and the address of the live one. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { toCsv } from "../../../apps/web/src/features/marks/csv.ts";
import { HtmlPage } from "../../../apps/web/src/features/marks/standaloneHtml.tsx";
import { ComparisonDocument } from "../../../apps/web/src/features/savedComparisons/ComparisonDocument.tsx";
import {
  comparisonJson,
  comparisonMarkdown,
  figureColumns,
  figureRows,
} from "../../../apps/web/src/features/savedComparisons/comparisonFiles.ts";
import { addressOfResult, liveAddress, type SavedComparison } from "../../../apps/web/src/features/savedComparisons/savedComparison.ts";

const sha256 = "ab".repeat(32);
const image = {
  sha256,
  confidence: 0.99999,
  label: "zero",
  runKey: "RUN-12",
  resultId: "RWxpdGU6MQ",
  resultType: "Elite",
  image: { id: "i", url: "/images/x.png", width: 28, height: 28 },
};
const median = { runCount: 2, mean: 0.95, low: 0.9, high: 0.99 };
const none = { leftOut: [], pairs: [] };
const saved = {
  __typename: "SavedComparison",
  id: "opaque",
  key: "CMP-4",
  title: "Mutation | rates",
  notes: "## Question\n\nWhich is better?",
  mayEdit: true,
  createdAt: "2026-11-28T00:00:00.000Z",
  createdBy: { id: "u", name: "Ada" },
  generation: 40,
  lastGeneration: 50,
  baseline: 1,
  entries: [
    { name: "fine", runs: [{ key: "RUN-12" }, { key: "RUN-13" }, { key: "RUN-20" }] },
    { name: "=1+1", runs: [{ key: "RUN-9" }] },
  ],
  parameters: [
    {
      name: "rate",
      label: "Mutation rate",
      differs: true,
      values: [
        { values: [0.1], count: 1 },
        { values: [0.2, 0.3], count: 7 },
      ],
    },
    {
      name: "seed",
      label: "Same",
      differs: false,
      values: [
        { values: [1], count: 1 },
        { values: [1], count: 1 },
      ],
    },
  ],
  claims: [
    {
      name: "val_acc",
      values: [
        { values: [], count: 0 },
        { values: [0.7], count: 1 },
      ],
    },
  ],
  figures: [
    { median, lowerQuartile: 0.9, upperQuartile: 0.97, fooling: median, nicheCount: 10, earlier: 0 },
    { median: null, lowerQuartile: null, upperQuartile: null, fooling: null, nicheCount: 10, earlier: 0 },
  ],
  outcomes: [
    {
      kinds: [
        {
          kind: "evolution",
          kindLabel: "Evolution",
          unit: "classes",
          reachedMeans: "≥ .9999",
          isMeasured: true,
          runCount: 3,
          reached: 21,
          total: 30,
          median,
        },
      ],
    },
    {
      kinds: [
        {
          kind: "perturbation",
          kindLabel: "Perturbation",
          unit: "attacks",
          reachedMeans: "label changed",
          isMeasured: true,
          runCount: 1,
          reached: 2,
          total: 2,
          median: { runCount: 1, mean: 0.9989, low: null, high: null, intervalReason: "One run has none." },
        },
      ],
    },
  ],
  curves: [
    {
      points: [
        { generation: 0, median: { runCount: 3, mean: 0.2, low: 0.1, high: 0.3 } },
        { generation: 40, median },
      ],
    },
    { points: [{ generation: 0, median: { runCount: 1, mean: 0.1, low: null, high: null } }] },
  ],
  reach: [
    { generations: [3, null], median: 3 },
    { generations: [null], median: null },
  ],
  medianTests: {
    leftOut: [],
    pairs: [{ first: 0, second: 1, p: 0.01, adjustedP: 0.0004, method: "exact", delta: 0.5, deltaLow: -0.25, deltaHigh: 0.75 }],
  },
  foolingTests: none,
  firstReachedTests: none,
  rows: [{ class: 0, label: "zero", images: [image, null] }],
} as unknown as SavedComparison;

/** The HTML file before its images are put into it. */
function markupOf(given: SavedComparison): string {
  const body = createElement(ComparisonDocument, { saved: given, address: "http://localhost/comparisons/CMP-4", chart: "chart" });
  return renderToStaticMarkup(createElement(HtmlPage, { title: given.title, css: "", body })).replace(/<link rel="preload"[^>]*>/g, "");
}

describe("a saved comparison", () => {
  it("opens the live comparison of its runs, generation and baseline", () => {
    expect(liveAddress(saved)).toBe("/compare?runs=12-13%2B20,9&gen=40&baseline=1");
    expect(liveAddress({ ...saved, generation: 50, baseline: null } as SavedComparison)).toBe("/compare?runs=12-13%2B20,9");
  });

  it("shows what each kind measures in the HTML file, and no figures of a generation for runs without generations", () => {
    const markup = markupOf(saved)
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ");
    expect(markup).toContain("21 / 30 classes ≥ .9999");
    expect(markup).toContain("2 / 2 attacks label changed");
    // Of results, and of figures.
    expect(markup.match(/95% interval for other runs/g)?.length).toBeGreaterThanOrEqual(2);
    expect(markup).toContain("One run has none.");
    expect(markupOf({ ...saved, outcomes: null } as SavedComparison)).not.toContain("attacks");
  });

  it("links each image to its result", () => {
    expect(addressOfResult(image as never)).toBe("/elites/RWxpdGU6MQ");
    expect(addressOfResult({ ...image, resultType: "Perturbation" } as never)).toBe("/perturbations/RWxpdGU6MQ");
  });

  it("is Markdown with its notes, what differs, figures, tests, claims of others and hashes", () => {
    const text = comparisonMarkdown(saved, "http://localhost/comparisons/CMP-4");
    const lines = text.split("\n");
    expect(lines[0]).toBe("# Mutation | rates");
    expect(text).toContain(
      "[CMP-4](http://localhost/comparisons/CMP-4), saved 2026-11-28T00:00:00.000Z by Ada. At generation 40. Baseline: B.",
    );
    expect(text).toContain("## Question\n\nWhich is better?\n\n## Entries");
    expect(lines).toContain("| A | fine | RUN-12, RUN-13, RUN-20 |");
    expect(lines).toContain("| Mutation rate | 0.1 | 0.2, 0.3 and 5 more |");
    expect(text).not.toContain("| Same |");
    expect(text).toContain("Figures of imported runs, which were not measured here.");
    expect(lines).toContain("| val_acc |  | 0.7 |");
    expect(lines).toContain("| A | fine | Evolution | 3 | 0.95 | 0.9 | 0.99 | other runs | – | 21 | 30 | classes ≥ .9999 |");
    expect(lines.find((line) => line.includes("Perturbation"))).toMatch(
      /\| 0\.9989 \| – \| – \| – \| One run has none\. \| 2 \| 2 \| attacks label changed \|$/,
    );
    expect(lines).toContain("| Median | A, B | 0.50 (-0.25 to 0.75) | < .001 |");
    expect(lines).toContain(`| zero | A | RUN-12 | zero | 0.99999 | ${sha256} |`);
    expect(text.endsWith("|\n")).toBe(true);
  });

  it("keeps a pipe or a line end in a name from breaking a table", () => {
    const entries = [{ name: "a | b\nc", runs: [{ key: "RUN-1" }] }];
    expect(comparisonMarkdown({ ...saved, entries } as never, "x").split("\n")).toContain("| A | a \\| b c | RUN-1 |");
  });

  it("leaves out sections for which it has nothing", () => {
    const bare = { ...saved, notes: "", parameters: [], claims: [], outcomes: null, rows: [], generation: -1, medianTests: none };
    const text = comparisonMarkdown(bare as never, "x");
    expect(text.match(/^## .*$/gm)).toEqual(["## Entries"]);
    expect(text).toContain("No generation was stored.");
  });

  it("is HTML with its notes, what differs, curves as a drawing, figures, tests, and images with their hashes", () => {
    const text = markupOf(saved);
    expect(text).toContain("<h4>Question</h4>");
    expect(text).toContain("<td>Mutation rate</td><td>0.1</td><td>0.2, 0.3 and 5 more</td>");
    expect(text).not.toContain("<td>Same</td>");
    expect(text).toMatch(/<svg class="chart" width="720".*<path d="M62,[^"]+" class=/s);
    expect(text).toContain("<td>1 − 5.0e-2</td><td>1 − 1.0e-1 to 1 − 1.0e-2</td>");
    expect(text).toContain("<td>Median</td><td>A, B</td><td>0.50</td><td>-0.25 to 0.75</td><td>.010</td><td>&lt; .001</td><td>exact</td>");
    expect(text).toContain('<img src="/images/x.png" width="84" height="84" alt="zero, 99.99%"/>');
    expect(text).toContain(`<code>${sha256}</code>`);
  });

  it("is HTML in which no text of members becomes an element, and which runs no script", () => {
    const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    const text = markupOf({
      ...saved,
      title: hostile,
      notes: `${hostile}\n\n[link](javascript:alert(1))`,
      entries: saved.entries.map((entry) => ({ ...entry, name: hostile })),
    });
    expect(text).not.toMatch(/<script|<[^>]+onerror=|javascript:/);
    expect(text).toContain("&lt;script&gt;");
    expect(text).toContain("default-src &#x27;none&#x27;; img-src data:; style-src &#x27;unsafe-inline&#x27;");
  });

  it("is CSV with the figures of each entry, safe from formulas", () => {
    const [head, first, second] = toCsv(figureColumns, figureRows(saved)).split("\r\n");
    expect(head?.split(",")).toHaveLength(figureColumns.length);
    expect(first).toBe("A,fine,RUN-12 RUN-13 RUN-20,40,0.95,0.9,0.99,other runs,,0.9,0.97,0.95,10,3");
    expect(second).toContain("'=1+1");
  });

  it("is JSON with every number and hash, and nothing that depends on its reader", () => {
    const read = JSON.parse(comparisonJson(saved));
    expect(read).toMatchObject({ key: "CMP-4", figures: [{ median }, {}], medianTests: { pairs: [{ adjustedP: 0.0004 }] } });
    expect(read.rows[0].images[0]).toEqual({ sha256, confidence: 0.99999, label: "zero", runKey: "RUN-12", resultType: "Elite" });
    for (const name of ["id", "mayEdit", "__typename"]) expect(read).not.toHaveProperty(name);
  });
});
