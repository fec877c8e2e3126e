import { judgeClaim } from "@pareidolia/lab/claims/claim";
import { claims } from "@pareidolia/lab/claims/registry";
import type { ExperimentResult } from "@pareidolia/lab/experiments/experiment";
import { experiments } from "@pareidolia/lab/experiments/registry";
import { judge, noBar, type ReportRow } from "@pareidolia/lab/report";
import { describe, expect, it } from "vitest";

function result(id: string, figure: number | null): ExperimentResult {
  return { head: [], lines: [], rows: [judge({ id, what: "a figure", figure, bar: { atLeast: 0.5 }, detail: "seed 1" })] };
}

function rowWithoutBar(id: string, figure: number | null, detail = ""): ReportRow {
  return { id, what: "a figure", figure, bar: noBar, holds: true, detail, finding: true };
}

const claim = (id: string) => claims.find((candidate) => candidate.id === id) as (typeof claims)[number];

describe("the paper's claims", () => {
  it("are R1 to R11 in order, some in parts with separate verdicts", () => {
    expect(claims.map(({ id }) => id).join(" ")).toBe("R1a R1b R2 R3 R4a R4b R5 R6a R6b R6c R7 R8a R8b R9 R10a R10b R11a R11b");
  });

  it("need only experiments that exist", () => {
    const known = new Set(experiments.map(({ id }) => id));
    for (const { experiments: needed } of claims) for (const id of needed) expect(known).toContain(id);
  });

  it("agree when every bar holds, and disagree when one fails", () => {
    const r7 = claim("R7");
    expect(r7.judge(new Map([["ablation", result("ablation.net.carried", 0.7)]])).verdict).toBe("agree");
    expect(r7.judge(new Map([["ablation", result("ablation.net.carried", 0.4)]])).verdict).toBe("disagree");
  });

  it("are reported as not measured without a figure", () => {
    expect(claim("R7").judge(new Map()).verdict).toBe("not measured");
    expect(claim("R7").judge(new Map([["ablation", result("ablation", null)]])).verdict).toBe("not measured");
  });

  it("do not agree while one of their bars has no figure", () => {
    const rows = [...result("ablation.one.carried", 0.7).rows, ...result("ablation.two.carried", null).rows];
    const judged = claim("R7").judge(new Map([["ablation", { ...result("ablation", 0.7), rows }]]));
    expect(judged).toMatchObject({ verdict: "not measured", reason: "Not measured here: a figure (seed 1)." });
  });

  it("can disagree on part of their experiments, but never agree", () => {
    const r1 = claim("R1a");
    const direct = (figure: number) => ["mnist-direct", result("mnist-direct.lenet.paper.median@50", figure)] as const;
    const noise = ["noise", result("noise.lenet.median", 0.6)] as const;
    expect(judgeClaim(r1, new Map([direct(0.9), noise])).verdict).toBe("agree");
    expect(judgeClaim(r1, new Map([direct(0.9)]))).toMatchObject({ verdict: "not measured", reason: "No result of: noise." });
    expect(judgeClaim(r1, new Map([direct(0.1)])).verdict).toBe("disagree");
  });

  it("disagree with the paper's first 50 generations if one digit is below 99.99%, and state when each reached it", () => {
    const rows = [
      rowWithoutBar("mnist-direct.lenet.paper.minimum@50", 0.948),
      rowWithoutBar("mnist-direct.lenet.paper.minimum-first", 1, "seed 1: 137"),
    ];
    const judged = claim("R1b").judge(new Map([["mnist-direct", { head: [], lines: [], rows }]]));
    expect(judged.verdict).toBe("disagree");
    expect(judged.reason).toContain("generation 50 is at 0.948,");
    expect(judged.reason).toContain("paper (seed 1: 137)");
    expect(judged.ours[0]).toMatchObject({ bar: ">= 0.9999", holds: false });
    const all = new Map([["mnist-direct", { head: [], lines: [], rows: [rowWithoutBar("mnist-direct.lenet.paper.minimum@50", 0.99991)] }]]);
    expect(claim("R1b").judge(all).verdict).toBe("agree");
  });

  it("judge only rows with bars; other rows are shown and may be missing", () => {
    const rows = [
      ...result("mnist-cppn.lenet.normalised.median@50", 0.7).rows,
      rowWithoutBar("mnist-cppn.lenet.normalised.median-first", null),
    ];
    const judged = claim("R2").judge(new Map([["mnist-cppn", { head: [], lines: [], rows }]]));
    expect(judged.verdict).toBe("agree");
    expect(judged.ours.map(({ id }) => id)).toEqual(["mnist-cppn.lenet.normalised.median@50"]);
  });

  it("do not judge absolute medians of another network and budget, and state the budget", () => {
    const rows = [
      rowWithoutBar("imagenet-evolution.net.cppn-median", 0.0025),
      rowWithoutBar("imagenet-evolution.net.direct-median", 0.00007),
      rowWithoutBar("imagenet-evolution.other.direct-median", 0.0005),
    ];
    const ran = new Map([["imagenet-evolution", { head: [], lines: [], rows, ran: { cppn: 3, direct: 12 } }]]);
    const [r3, r4b] = [claim("R3").judge(ran), claim("R4b").judge(ran)];
    expect([r3.verdict, r4b.verdict]).toEqual(["not comparable", "not comparable"]);
    expect(r3.reason).toContain("12 generations instead of 20,000: medians of 0.00007 to 0.0005");
    expect(r4b.reason).toContain("3 generations instead of 5,000: medians of 0.0025 neither");
    expect(claim("R4a").judge(ran).verdict).toBe("not measured");
    const long = rowWithoutBar("imagenet-evolution.net.long-median", 0.18);
    const continued = new Map([["imagenet-evolution", { head: [], lines: [], rows: [...rows, long], ran: { cppn: 25, direct: 100 } }]]);
    expect(claim("R4b").judge(continued)).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("0.18 after 100") });
  });

  it("compare CPPNs with the direct encoding by runs, and also show the paper's p over classes", () => {
    const p = (figure: number) =>
      judge({ id: "imagenet-evolution.net.mann-whitney", what: "p", figure, bar: { below: 0.01 }, detail: "", finding: true });
    const judged = (figure: number) => {
      const rows = [
        ...result("imagenet-evolution.net.median", 0.7).rows,
        p(figure),
        rowWithoutBar("imagenet-evolution.net.mann-whitney-classes", 2.4e-31),
      ];
      return claim("R4a").judge(new Map([["imagenet-evolution", { head: [], lines: [], rows, ran: { cppn: 3, direct: 12 } }]]));
    };
    expect(judged(0.004)).toMatchObject({ verdict: "agree", reason: expect.stringContaining("p is at most 0.004.") });
    expect(judged(0.004).reason).toContain("gives a p of at most 2.4e-31.");
    // Even with a small p over classes.
    expect(judged(0.02).verdict).toBe("disagree");
  });

  it("judge the effect of an over-represented class by its direction, never by its size", () => {
    const rows = (low: number, high: number) => [
      rowWithoutBar("retraining.cifar10.fall", (low + high) / 2),
      judge({ id: "retraining.cifar10.fall-low", what: "lower end", figure: low, bar: { above: 0 }, detail: "", finding: true }),
      rowWithoutBar("retraining.cifar10.fall-high", high),
    ];
    const verdicts = (low: number, high: number) => {
      const results = new Map([["retraining", { head: [], lines: [], rows: rows(low, high) }]]);
      return [claim("R10a").judge(results).verdict, claim("R10b").judge(results).verdict];
    };
    // The earlier bar, a fall of .1, failed here: on ten classes, most of the confidence that evolution reaches cannot be removed.
    expect(verdicts(0.01, 0.05)).toEqual(["agree", "not comparable"]);
    expect(verdicts(-0.05, -0.01)).toEqual(["disagree", "not comparable"]);
    expect(verdicts(-0.01, 0.05)).toEqual(["undecided", "not comparable"]);
    const open = claim("R10a").judge(new Map([["retraining", { head: [], lines: [], rows: rows(-0.01, 0.05) }]]));
    expect(open.reason).toContain("The interval contains 0, so the direction is undecided.");
    expect(open.reason).toContain("95% interval -0.01 to 0.05");
    expect(claim("R10a").judge(new Map()).verdict).toBe("not measured");
  });

  it("exclude explanations of a weak band, and distant descent, from the verdict", () => {
    const difficulty = [...result("difficulty.net.weak-band", 0.7).rows, rowWithoutBar("difficulty.net.near-lower", 1)];
    const r5 = claim("R5").judge(new Map([["difficulty", { head: [], lines: [], rows: difficulty }]]));
    expect(r5).toMatchObject({ verdict: "agree", reason: expect.stringContaining("and 1 for whether classes") });
    expect(claim("R5").judge(new Map([["difficulty", result("difficulty.net.weak-band", 0.1)]])).verdict).toBe("disagree");
    const phylogeny = [...result("phylogeny.net.label-distance", 0.7).rows, rowWithoutBar("phylogeny.net.lineage-distance", 0.5)];
    const ran = new Map([["phylogeny", { head: [], lines: [], rows: phylogeny, ran: { cppn: 3 } }]]);
    expect(claim("R6a").judge(ran).verdict).toBe("agree");
    const far = claim("R6b").judge(ran);
    expect(far).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("Lineages of at most 3 steps") });
    expect(far.reason).toContain("The largest p of all networks and seeds is 0.5.");
    expect(claim("R6c").judge(ran).verdict).toBe("not measured");
    const runs = (figure: number) => [
      judge({ id: "phylogeny.net.runs-differ", what: "p", figure, bar: { below: 0.05 }, detail: "", finding: true }),
      rowWithoutBar("phylogeny.net.diversity", 0.99),
    ];
    const differ = (figure: number) =>
      claim("R6c").judge(new Map([["phylogeny", { head: [], lines: [], rows: runs(figure), ran: { cppn: 3 } }]]));
    expect(differ(0.008)).toMatchObject({ verdict: "agree", reason: expect.stringContaining("p is at most 0.008,") });
    // However different two images are.
    expect(differ(0.3).verdict).toBe("disagree");
    expect(claim("R6c").judge(new Map([["phylogeny", result("phylogeny", null)]])).verdict).toBe("not measured");
  });

  it("report the confidence of evolution against the hardest network to fool", () => {
    const judged = claim("R9").judge(new Map([["retraining", result("retraining.mnist.median", 0.99943)]]));
    expect(judged.reason).toContain("has a median of 0.99943.");
  });

  it("ignore networks other than LeNet in the claims about digits", () => {
    for (const [id, experiment, rows] of [
      ["R1a", "mnist-direct", ["mnist-direct.lenet.paper.median@200", "mnist-direct.mine.paper.median@200"]],
      ["R1b", "mnist-direct", ["mnist-direct.lenet.paper.minimum@50", "mnist-direct.mine.paper.minimum@50"]],
      ["R2", "mnist-cppn", ["mnist-cppn.lenet.normalised.median@200", "mnist-cppn.mine.normalised.median@200"]],
    ] as const) {
      const results = [result(rows[0], 1), result(rows[1], 0.1)].flatMap((one) => one.rows);
      const judged = claim(id).judge(new Map([[experiment, { head: [], lines: [], rows: results }]]));
      expect(judged).toMatchObject({ verdict: "agree", ours: [{ id: rows[0] }] });
    }
  });

  it("count regularised ascents without bars, and leave recognisability to people", () => {
    const what = "of 10 ascents (10 classes, seeds 1), the number that reached .9999";
    const rows = [...result("ascent.lenet.paper-unregularised", 10).rows, { ...rowWithoutBar("ascent.lenet.hp-seed-169", 0), what }];
    const ran = new Map([["ascent", { head: [], lines: [], rows }]]);
    expect(claim("R11a").judge(ran).verdict).toBe("agree");
    const regularised = claim("R11b").judge(ran);
    expect(regularised).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("lenet.hp-seed-169 0 of 10") });
    expect(regularised.ours.map(({ id }) => id)).toEqual(["ascent.lenet.hp-seed-169"]);
    for (const id of ["R11a", "R11b"]) expect(claim(id).statement).not.toContain("recognis");
  });

  it("distinguish transfer at 99.99% from transfer of top classes, which does not affect the verdict", () => {
    const rows = [
      ...result("transfer.lenet.lenet-b.some", 0.8).rows,
      ...result("transfer.lenet.lenet-b.not-all", 0.9).rows,
      rowWithoutBar("transfer.lenet.lenet-b.share", 0.87),
      rowWithoutBar("transfer.net.other.same-label", 0.7),
      rowWithoutBar("transfer.net.other.own-class", 0.6),
    ];
    const ran = new Map([["transfer", { head: [], lines: [], rows, ran: { cppn: 3 } }]]);
    const [digits, things] = [claim("R8a").judge(ran), claim("R8b").judge(ran)];
    expect(digits.verdict).toBe("agree");
    expect(digits.ours).toHaveLength(3);
    expect(digits.reason).toContain("at 99.99% for a share of 0.87 of the images");
    expect(things.verdict).toBe("not comparable");
    expect(things.reason).toContain("After 3 generations");
    expect(things.reason).toContain("for a share of 0.7 of the images");
    expect(things.reason).toContain("made for in a share of 0.6.");
  });

  it("never agree if no row has a bar", () => {
    const rows = [rowWithoutBar("ablation.net.carried", 0.9)];
    expect(claim("R7").judge(new Map([["ablation", { head: [], lines: [], rows }]])).verdict).toBe("not comparable");
  });
});
