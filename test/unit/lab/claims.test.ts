/** One rule for all claims: the interval over units against the paper's statement, the null hypothesis, and a comparable budget. */
import { readFileSync } from "node:fs";
import { verdicts } from "@pareidolia/core/verdicts";
import type { Claim, Results } from "@pareidolia/lab/claims/claim";
import { judgeClaim } from "@pareidolia/lab/claims/judgeClaim";
import { claims } from "@pareidolia/lab/claims/registry";
import { experiments } from "@pareidolia/lab/experiments/registry";
import { intervalRow, pRow } from "@pareidolia/lab/findings";
import { noBar, type ReportRow } from "@pareidolia/lab/report";
import { describe, expect, it } from "vitest";

const claimOf = (id: string): Claim => claims.find((candidate) => candidate.id === id) as Claim;
const interval = (id: string, low: number, high: number, units = 6): ReportRow =>
  intervalRow({ id, what: "a figure", estimate: (low + high) / 2, low, high, unit: "runs", units });
const p = (id: string, value: number, smallest = 0.001): ReportRow => pRow({ id, what: "p", p: value, smallest, level: 0.05 });
const bare = (id: string, figure: number | null): ReportRow => ({
  id,
  what: "w",
  figure,
  bar: noBar,
  holds: true,
  detail: "why",
  finding: true,
});

function results(rows: Readonly<Record<string, readonly ReportRow[]>>, ran: Readonly<Record<string, number>> = {}): Results {
  return new Map(Object.entries(rows).map(([id, list]) => [id, { head: [], lines: [], rows: list, ran }]));
}

const rule: Claim = {
  id: "R99",
  statement: "It is high.",
  paper: "High.",
  experiments: ["one"],
  unit: "runs",
  comparisons: [{ rows: /^one\.high$/, bounds: { above: 0.5 } }],
  nulls: [{ rows: /^one\.null$/, level: 0.05 }],
  budget: {
    amount: { experiment: "one", name: "generations", paper: 100, unit: "generations" },
    ripe: { rows: /^one\.ripe$/, atLeast: 0.9, of: "confidence" },
  },
  note: "A note.",
};
const judged = (rows: readonly ReportRow[], generations = 100, claim = rule) => judgeClaim(claim, results({ one: rows }, { generations }));

describe("the rule", () => {
  it("agrees if the whole interval is on the paper's side, the null hypothesis is rejected and the budget is the paper's", () => {
    const { verdict, ours, reason } = judged([interval("one.high", 0.6, 0.8), p("one.null", 0.01)]);
    expect(verdict).toBe("agree");
    expect(ours.map(({ id, bar, holds }) => [id, bar, holds])).toEqual([
      ["one.high", "interval > 0.5", true],
      ["one.null", "p < 0.05", true],
    ]);
    expect(reason).toBe(
      "The whole 95% interval over runs is on the paper's side. Budget: 100 generations, at least the paper's 100. A note.",
    );
  });

  it("disagrees only if the whole interval is on the other side, whatever the estimate", () => {
    expect(judged([interval("one.high", 0.2, 0.4), p("one.null", 0.01)]).verdict).toBe("disagree");
    expect(judged([interval("one.high", 0.2, 0.7), p("one.null", 0.01)]).verdict).toBe("undecided");
    expect(judged([interval("one.high", 0.49, 0.99), p("one.null", 0.01)]).verdict).toBe("undecided");
  });

  it("does not decide by a point, a null hypothesis that stands, or a test that cannot reject", () => {
    expect(judged([bare("one.high", 0.9), p("one.null", 0.01)])).toMatchObject({
      verdict: "undecided",
      reason: expect.stringContaining("There are too few runs for an interval in one.high."),
    });
    expect(judged([interval("one.high", 0.6, 0.8), p("one.null", 0.2)])).toMatchObject({
      verdict: "undecided",
      reason: expect.stringContaining("The null hypothesis is not rejected in one.null."),
    });
    expect(judged([interval("one.high", 0.6, 0.8), p("one.null", 0.06, 0.06)]).reason).toContain("so it needs more units");
    // Nor by a p that does not state the smallest that its test can give.
    expect(judged([interval("one.high", 0.6, 0.8), bare("one.null", 0.001)]).verdict).toBe("not measured");
  });

  it("compares nothing with a smaller budget, unless what the search made is ripe", () => {
    const rows = [interval("one.high", 0.6, 0.8), p("one.null", 0.01)];
    const small = judged(rows, 3);
    expect(small).toMatchObject({
      verdict: "not comparable",
      reason: expect.stringContaining("Budget: 3 of 100 generations of the paper"),
    });
    expect(judged([interval("one.high", 0.1, 0.2), p("one.null", 0.01)], 3).verdict).toBe("not comparable");
    expect(judged([...rows, bare("one.ripe", 0.8)], 3).verdict).toBe("not comparable");
    expect(judged([...rows, bare("one.ripe", 0.95)], 3)).toMatchObject({
      verdict: "agree",
      reason: expect.stringContaining("the images are ripe (confidence 0.95, at least 0.9)"),
    });
    // Every network has to be ripe.
    expect(judged([...rows, bare("one.ripe", 0.95), bare("one.ripe", null)], 3).verdict).toBe("not comparable");
  });

  it("never agrees while a row, a test or an experiment is missing, but can disagree", () => {
    expect(judged([]).verdict).toBe("not measured");
    expect(judged([bare("one.high", null)])).toMatchObject({ verdict: "not measured", reason: "Not measured: why." });
    expect(judged([interval("one.high", 0.6, 0.8)]).verdict).toBe("not measured");
    const two = { ...rule, experiments: ["one", "two"] };
    const good = [interval("one.high", 0.6, 0.8), p("one.null", 0.01)];
    expect(judged(good, 100, two)).toMatchObject({ verdict: "not measured", reason: expect.stringContaining("No result of: two.") });
    expect(judged([interval("one.high", 0.1, 0.2), p("one.null", 0.01)], 100, two).verdict).toBe("disagree");
    const more = { ...rule, comparisons: [...rule.comparisons, { rows: /^one\.low$/, bounds: { below: 0.5 } }] };
    expect(judged(good, 100, more).verdict).toBe("not measured");
  });

  it("reads 'some, but not all' as an interval without its ends", () => {
    const some = { ...rule, comparisons: [{ rows: /^one\.high$/, bounds: { between: [0, 1] as const } }] };
    const share = (low: number, high: number) => judged([interval("one.high", low, high), p("one.null", 0.01)], 100, some).verdict;
    expect([share(0.1, 0.9), share(0, 0.5), share(0.5, 1), share(0, 0), share(1, 1)]).toEqual([
      "agree",
      "undecided",
      "undecided",
      "disagree",
      "disagree",
    ]);
  });
});

describe("the paper's claims", () => {
  it("are the abstract's and R1 to R11 in order, some in parts with separate verdicts", () => {
    expect(claims.map(({ id }) => id).join(" ")).toBe(
      "R0 R1a R1b R2a R2b R3 R4a R4b R4c R5 R6a R6b R6c R7 R8a R8b R9 R10a R10b R10c R11a R11b",
    );
  });

  it("need only experiments that exist, compare an interval, and say which null hypothesis and budget they have", () => {
    const known = new Set(experiments.map(({ id }) => id));
    for (const { experiments: needed, comparisons, nulls, budget, unit } of claims) {
      for (const id of needed) expect(known).toContain(id);
      expect(comparisons.length).toBeGreaterThan(0);
      expect(nulls.length).toBeGreaterThan(0);
      expect(Object.keys(budget).length).toBeGreaterThan(0);
      expect(unit).not.toBe("");
    }
  });

  it("are all listed with their statement in the document of the rule", () => {
    const text = readFileSync(new URL("../../../docs/claims.md", import.meta.url), "utf8");
    for (const { id, statement } of claims) expect(text).toContain(`| ${id} | ${statement} |`);
    for (const verdict of verdicts) expect(text).toContain(`**${verdict}**`);
  });

  it("on people need people until a study measures them", () => {
    const withoutStudies = results({ studies: [] });
    for (const id of ["R0", "R2b", "R4c", "R10c"]) {
      const { verdict, reason } = judgeClaim(claimOf(id), withoutStudies);
      expect(verdict).toBe("needs people");
      expect(reason).toContain("No release of a study measures it.");
    }
    const measured = (low: number, high: number) =>
      judgeClaim(claimOf("R0"), results({ studies: [interval("studies.STU-1.recognised.1", low, high)] })).verdict;
    expect([measured(0, 0.05), measured(0.4, 0.5), measured(0.05, 0.5)]).toEqual(["agree", "disagree", "undecided"]);
    const similar = (low: number, high: number) =>
      judgeClaim(claimOf("R4c"), results({ studies: [interval("studies.STU-1.natural-confidence", low, high)] })).verdict;
    expect([similar(-0.05, 0.05), similar(0.2, 0.3), similar(0, 0.2)]).toEqual(["agree", "disagree", "undecided"]);
  });

  it("do not agree on images of three generations", () => {
    const ran = { cppn: 3, direct: 12 };
    const rows = {
      "imagenet-evolution": [
        interval("imagenet-evolution.net.shift", 0.002, 0.003),
        p("imagenet-evolution.net.mann-whitney", 0.001),
        interval("imagenet-evolution.net.cppn-median", 0.002, 0.003),
        interval("imagenet-evolution.net.direct-median", 0.0001, 0.0002),
      ],
      difficulty: [
        interval("difficulty.net.band-difference", -0.004, -0.003),
        p("difficulty.net.weak-band", 0.02),
        interval("difficulty.net.ripeness", 0.002, 0.003),
      ],
      phylogeny: [
        interval("phylogeny.net.goal-switches", 1000, 1200),
        interval("phylogeny.net.kin-distance", -120, -80),
        p("phylogeny.net.label-distance", 0.001, 0.0005),
        interval("phylogeny.net.run-difference", 0.2, 0.3),
        p("phylogeny.net.runs-differ", 0.001),
        interval("phylogeny.net.ripeness", 0.002, 0.003),
      ],
      ablation: [
        interval("ablation.net.lowered", 0.6, 0.9),
        interval("ablation.net.typical-drop", 0.001, 0.01),
        interval("ablation.net.ripeness", 0.5, 0.7),
      ],
    };
    const judge = (id: string, found: Readonly<Record<string, readonly ReportRow[]>>) =>
      judgeClaim(claimOf(id), results(found, ran)).verdict;
    for (const id of ["R3", "R4a", "R4b", "R5", "R6a", "R6c", "R7"]) expect([id, judge(id, rows)]).toEqual([id, "not comparable"]);
    // The same measurements on ripe images are judged.
    const ripe = {
      ...rows,
      phylogeny: [...rows.phylogeny.slice(0, 5), interval("phylogeny.net.ripeness", 0.6, 0.7)],
      ablation: [...rows.ablation.slice(0, 2), interval("ablation.net.ripeness", 0.99, 0.999)],
    };
    for (const id of ["R6a", "R6c", "R7"]) expect([id, judge(id, ripe)]).toEqual([id, "agree"]);
  });

  it("judge R7 by the paper's statement: many images lose a little, whatever an equally large random change does", () => {
    const ablation = (low: number, high: number) => [
      interval("ablation.net.lowered", low, high),
      interval("ablation.net.typical-drop", 0.001, 0.01),
      interval("ablation.net.carried", 0.03, 0.36),
      interval("ablation.net.ripeness", 0.992, 0.999),
    ];
    const judge = (low: number, high: number) => judgeClaim(claimOf("R7"), results({ ablation: ablation(low, high) }, { cppn: 25 }));
    expect(judge(0.62, 0.98).verdict).toBe("agree");
    expect(judge(0.62, 0.98).ours.map(({ id }) => id)).toContain("ablation.net.carried");
    expect(judge(0.1, 0.4).verdict).toBe("disagree");
  });

  it("judge R9 by the interval over networks, not by the lowest", () => {
    const judge = (low: number, high: number) =>
      judgeClaim(claimOf("R9"), results({ retraining: [interval("retraining.mnist.median", low, high)] }, { digits: 200 })).verdict;
    expect([judge(0.99992, 1), judge(0.991, 0.99997), judge(0.98, 0.9995)]).toEqual(["agree", "undecided", "disagree"]);
  });

  it("judge the effect of an over-represented class by its direction, and its size never", () => {
    const rows = (low: number, high: number) => [
      interval("retraining.cifar10.fall", low, high, 4),
      bare("retraining.cifar10.control", 0.98),
    ];
    const judge = (low: number, high: number) =>
      ["R10a", "R10b"].map((id) => judgeClaim(claimOf(id), results({ retraining: rows(low, high) })).verdict);
    expect(judge(0.01, 0.05)).toEqual(["agree", "not comparable"]);
    expect(judge(-0.05, -0.01)).toEqual(["disagree", "not comparable"]);
    expect(judge(-0.01, 0.05)).toEqual(["undecided", "not comparable"]);
  });

  it("judge LeNet only in the claims about digits, against as many random individuals", () => {
    for (const [id, experiment, figure] of [
      ["R1a", "mnist-direct", "median@200"],
      ["R1b", "mnist-direct", "minimum@50"],
      ["R2a", "mnist-cppn", "median@200"],
    ] as const) {
      const rows = (value: number) => [
        interval(`${experiment}.lenet.paper.claim-${figure}`, 0.99995, 1),
        p(`${experiment}.lenet.paper.null-${figure}`, value),
        interval(`${experiment}.mine.paper.claim-${figure}`, 0.1, 0.2),
      ];
      const judge = (value: number) => judgeClaim(claimOf(id), results({ [experiment]: rows(value) }, { generations: 200 })).verdict;
      expect([id, judge(0.001), judge(0.3)]).toEqual([id, "agree", "undecided"]);
    }
  });

  it("judge the paper's own rule of ascent, and leave recognisability to people", () => {
    const rows = [
      interval("ascent.lenet.paper-unregularised.share", 0.88, 1, 30),
      interval("ascent.lenet.adam-log-posterior.share", 0.1, 0.2, 30),
      interval("ascent.lenet.hp-seed-169.share", 0, 0.28, 10),
    ];
    const judge = (id: string) => judgeClaim(claimOf(id), results({ ascent: rows }));
    expect([judge("R11a").verdict, judge("R11b").verdict]).toEqual(["agree", "not comparable"]);
    for (const id of ["R11a", "R11b"]) expect(claimOf(id).statement).not.toContain("recognis");
  });
});
