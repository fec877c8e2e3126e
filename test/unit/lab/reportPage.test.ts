import type { ByteImage } from "@pareidolia/core/image";
import { claims } from "@pareidolia/lab/claims/registry";
import { judge } from "@pareidolia/lab/report";
import { curvesSvg } from "@pareidolia/lab/reportPage/curvesSvg";
import { escapeHtml } from "@pareidolia/lab/reportPage/escapeHtml";
import { type FullReport, reportHtml } from "@pareidolia/lab/reportPage/reportHtml";
import { gatesOf } from "@pareidolia/lab/reproAll";
import { describe, expect, it } from "vitest";

type Ran = FullReport["experiments"][number];

const image: ByteImage = { width: 2, height: 2, channels: 1, pixels: Uint8Array.of(0, 64, 128, 255) };
const claim = claims[0] as (typeof claims)[number];

const gate = judge({ id: "noise.median", what: "a <gate>", figure: 0.25, bar: { below: 0.7 }, detail: "seed 1" });
const finding = judge({ id: "noise.found", what: "a finding", figure: 0.5, bar: { above: 0.6 }, detail: "seed 2", finding: true });

const report: FullReport = {
  writtenAt: "2015-06-07T00:00:00.000Z",
  commit: "0123abc",
  fullBudget: [],
  generations: null,
  budget: "quick",
  seeds: [1, 2],
  minutes: 3,
  machine: { processor: "a <processor>" },
  versions: { node: "22" },
  claims: [{ claim, judgement: { verdict: "agree", ours: [gate, finding], reason: "because" } }],
  experiments: [
    {
      id: "noise",
      description: "a control",
      seconds: 1,
      coreSeconds: 2,
      failure: null,
      refusals: ['noise cannot use "mine": it needs <grey> images.'],
      result: {
        head: ["seed"],
        lines: [["1"]],
        rows: [gate, finding],
        figures: [{ kind: "images", title: "Images", caption: "of nothing", images: [{ image, caption: 'class "0"' }] }],
      },
    },
    { id: "ascent", description: "climbs", seconds: 2, coreSeconds: 3, result: null, refusals: [], failure: "There is no model." },
  ],
  unfinished: [],
};

describe("the report's page", () => {
  const html = reportHtml(report);

  it("lists the missing experiments of an interrupted run, and nothing for a complete one", () => {
    expect(html).not.toContain("This report is incomplete");
    expect(reportHtml({ ...report, unfinished: ["transfer", "ascent"] })).toContain(
      "This report is incomplete. Not run: transfer, ascent.",
    );
  });

  it("is self-contained", () => {
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
    expect(html).not.toMatch(/@import|url\(|<script/);
    expect(html).toContain("data:image/png;base64,");
  });

  it("shows the paper's result, ours, the verdict and the failed experiments", () => {
    expect(html).toContain(escapeHtml(claim.paper));
    expect(html).toContain("<b>0.25</b> <span>a &lt;gate&gt;");
    expect(html).toContain("does not hold");
    expect(html).toContain('class="verdict agree"');
    expect(html).toContain("There is no model.");
  });

  it("names the commit, and shows the full budget's verdicts in a column of their own", () => {
    expect(html).toContain("commit 0123abc");
    expect(html).toContain("There is no report of the full budget yet");
    const fullBudget = {
      writtenAt: "2015-06-08T00:00:00.000Z",
      commit: "4567def",
      seeds: [1, 2],
      generations: 100,
      verdicts: { [claim.id]: "undecided" as const },
      machine: {},
      coreSeconds: {},
    };
    const both = reportHtml({ ...report, fullBudget: [fullBudget] });
    expect(both).toContain('<span class="verdict agree">agree</span></td><td><span class="verdict undecided">undecided</span></td>');
    expect(both).toContain(`${claim.id} on 2015-06-08, seeds 1, 2, 100 generations, commit 4567def`);
  });

  it("lists the networks that an experiment did not run on", () => {
    expect(html).toContain("noise cannot use &quot;mine&quot;: it needs &lt;grey&gt; images.");
  });

  it("counts gates, findings and failed experiments separately", () => {
    expect(html).toContain("1 of 1 gates hold, and 1 of 2 experiments failed.");
  });

  it("starts with the first image of each figure", () => {
    expect(html.match(/data:image/g)).toHaveLength(2);
    expect(html.indexOf("data:image")).toBeLessThan(html.indexOf("<table>"));
  });

  it("escapes text", () => {
    expect(html).toContain("a &lt;processor&gt;");
    expect(html).toContain("class &quot;0&quot;");
  });
});

describe("the gates of a complete report", () => {
  const [first, second] = report.experiments;

  it("are the gate rows, and one row per experiment for its completion", () => {
    expect(gatesOf(first as Ran).map(({ id, holds }) => [id, holds])).toEqual([
      ["noise", true],
      ["noise.median", true],
    ]);
    expect(gatesOf(second as Ran)).toMatchObject([{ id: "ascent", figure: null, holds: false, detail: "There is no model." }]);
  });
});

describe("curves", () => {
  it("stay inside the image and start at zero", () => {
    const points = [0, 5, 10].map((x) => [x, x / 100] as const);
    const svg = curvesSvg({ kind: "curves", title: "t", caption: "c", x: "generation", y: "median", series: [{ name: "a", points }] });
    const path = /class="curve"[^>]* d="([^"]+)"/.exec(svg)?.[1] ?? "";
    const numbers = path.match(/[\d.]+/g)?.map(Number) ?? [];
    expect(numbers).toHaveLength(6);
    for (const number of numbers) expect(number).toBeLessThanOrEqual(640);
    expect(svg).toContain(">0<");
    expect(svg).toContain(">10<");
  });

  it("draw nothing without points", () => {
    expect(curvesSvg({ kind: "curves", title: "t", caption: "c", x: "x", y: "y", series: [] })).toBe("");
  });
});
