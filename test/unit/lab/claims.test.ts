import { judgeClaim } from "@pareidolia/lab/claims/claim";
import { claims } from "@pareidolia/lab/claims/registry";
import type { ExperimentResult } from "@pareidolia/lab/experiments/experiment";
import { experiments } from "@pareidolia/lab/experiments/registry";
import { judge, noBar, type ReportRow } from "@pareidolia/lab/report";
import { describe, expect, it } from "vitest";

function result(id: string, figure: number | null): ExperimentResult {
  return { head: [], lines: [], rows: [judge({ id, what: "a figure", figure, bar: { atLeast: 0.5 }, detail: "seed 1" })] };
}

function said(id: string, figure: number | null, detail = ""): ReportRow {
  return { id, what: "a figure", figure, bar: noBar, holds: true, detail, finding: true };
}

const claim = (id: string) => claims.find((candidate) => candidate.id === id) as (typeof claims)[number];

describe("the paper's claims", () => {
  it("are R1 to R11 in order, some in parts with verdicts of their own", () => {
    expect(claims.map(({ id }) => id).join(" ")).toBe("R1a R1b R2 R3 R4a R4b R5 R6a R6b R6c R7 R8a R8b R9 R10 R11a R11b");
  });

  it("need only experiments that exist", () => {
    const known = new Set(experiments.map(({ id }) => id));
    for (const { experiments: needed } of claims) for (const id of needed) expect(known).toContain(id);
  });

  it("agree when every bar holds, and disagree when one fails", () => {
    const r7 = claim("R7");
    expect(r7.judge(new Map([["ablation", result("ablation.net.lowered", 0.7)]])).verdict).toBe("agree");
    expect(r7.judge(new Map([["ablation", result("ablation.net.lowered", 0.4)]])).verdict).toBe("disagree");
  });

  it("are not measured without a figure, and say so", () => {
    expect(claim("R7").judge(new Map()).verdict).toBe("not measured");
    expect(claim("R7").judge(new Map([["ablation", result("ablation", null)]])).verdict).toBe("not measured");
  });

  it("do not agree while one of their bars is without a figure", () => {
    const rows = [...result("ablation.one.lowered", 0.7).rows, ...result("ablation.two.lowered", null).rows];
    const judged = claim("R7").judge(new Map([["ablation", { ...result("ablation", 0.7), rows }]]));
    expect(judged).toMatchObject({ verdict: "not measured", reason: "Not measured here: a figure (seed 1)." });
  });

  it("disagree on part of their experiments, but never agree on it", () => {
    const r1 = claim("R1a");
    const direct = (figure: number) => ["mnist-direct", result("mnist-direct.paper.median@50", figure)] as const;
    const noise = ["noise", result("noise.median", 0.6)] as const;
    expect(judgeClaim(r1, new Map([direct(0.9), noise])).verdict).toBe("agree");
    expect(judgeClaim(r1, new Map([direct(0.9)]))).toMatchObject({ verdict: "not measured", reason: "No result of: noise." });
    expect(judgeClaim(r1, new Map([direct(0.1)])).verdict).toBe("disagree");
  });

  it("find the paper's first 50 generations short where one digit is below 99.99%, and say when each came there", () => {
    const rows = [said("mnist-direct.paper.minimum@50", 0.948), said("mnist-direct.paper.minimum-first", 1, "seed 1: 137")];
    const judged = claim("R1b").judge(new Map([["mnist-direct", { head: [], lines: [], rows }]]));
    expect(judged.verdict).toBe("disagree");
    expect(judged.reason).toContain("generation 50 is at 0.948,");
    expect(judged.reason).toContain("paper (seed 1: 137)");
    expect(judged.ours[0]).toMatchObject({ bar: ">= 0.9999", holds: false });
    const all = new Map([["mnist-direct", { head: [], lines: [], rows: [said("mnist-direct.paper.minimum@50", 0.99991)] }]]);
    expect(claim("R1b").judge(all).verdict).toBe("agree");
  });

  it("judge by bars alone: a row without one is shown, and need not have been measured", () => {
    const rows = [...result("mnist-cppn.normalised.median@50", 0.7).rows, said("mnist-cppn.normalised.median-first", null)];
    const judged = claim("R2").judge(new Map([["mnist-cppn", { head: [], lines: [], rows }]]));
    expect(judged.verdict).toBe("agree");
    expect(judged.ours.map(({ id }) => id)).toEqual(["mnist-cppn.normalised.median@50"]);
  });

  it("hold neither encoding's absolute median against another network and budget, and say the budget that was run", () => {
    const rows = [
      said("imagenet-evolution.net.cppn-median", 0.0025),
      said("imagenet-evolution.net.direct-median", 0.00007),
      said("imagenet-evolution.other.direct-median", 0.0005),
    ];
    const ran = new Map([["imagenet-evolution", { head: [], lines: [], rows, ran: { cppn: 3, direct: 12 } }]]);
    const [r3, r4b] = [claim("R3").judge(ran), claim("R4b").judge(ran)];
    expect([r3.verdict, r4b.verdict]).toEqual(["not comparable", "not comparable"]);
    expect(r3.reason).toContain("12 generations instead of 20,000: medians of 0.00007 to 0.0005");
    expect(r4b.reason).toContain("3 generations instead of 5,000 with medians of 0.0025, which");
    expect(claim("R4a").judge(ran).verdict).toBe("not measured");
    const long = said("imagenet-evolution.net.long-median", 0.18);
    const carriedOn = new Map([["imagenet-evolution", { head: [], lines: [], rows: [...rows, long], ran: { cppn: 25, direct: 100 } }]]);
    expect(claim("R4b").judge(carriedOn)).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("0.18 after 100") });
  });

  it("say how small a p is that five digits cannot tell from 0", () => {
    const rows = [
      ...result("imagenet-evolution.net.median", 0.7).rows,
      judge({ id: "imagenet-evolution.net.mann-whitney-images", what: "p", figure: 2.4e-31, bar: { below: 1e-4 }, detail: "" }),
    ];
    const judged = claim("R4a").judge(new Map([["imagenet-evolution", { head: [], lines: [], rows, ran: { cppn: 3, direct: 12 } }]]));
    expect(judged).toMatchObject({ verdict: "agree", reason: expect.stringContaining("p is at most 2.4e-31.") });
  });

  it("say what an over-represented class takes away, and how sure that is", () => {
    const rows = [
      judge({ id: "retraining.cifar10.median-drop.first", what: "fall", figure: 0.05, bar: { atLeast: 0.1 }, detail: "" }),
      judge({ id: "retraining.cifar10.median-drop.control", what: "fall", figure: 0.034, bar: { atLeast: 0.1 }, detail: "" }),
      judge({ id: "retraining.cifar10.mann-whitney.first", what: "p", figure: 0.001, bar: { below: 0.01 }, detail: "" }),
    ];
    const judged = claim("R10").judge(new Map([["retraining", { head: [], lines: [], rows }]]));
    expect(judged.verdict).toBe("disagree");
    expect(judged.reason).toContain("Of the median 0.034 to 0.05 is lost");
    expect(judged.reason).toContain("(p at most 0.001)");
  });

  it("keep what explains a weak band, and descent far back, out of the verdict", () => {
    const difficulty = [...result("difficulty.net.weak-band", 0.7).rows, said("difficulty.net.near-lower", 1)];
    const r5 = claim("R5").judge(new Map([["difficulty", { head: [], lines: [], rows: difficulty }]]));
    expect(r5).toMatchObject({ verdict: "agree", reason: expect.stringContaining("are less confident has p up to 1.") });
    expect(claim("R5").judge(new Map([["difficulty", result("difficulty.net.weak-band", 0.1)]])).verdict).toBe("disagree");
    const phylogeny = [...result("phylogeny.net.label-distance", 0.7).rows, said("phylogeny.net.lineage-distance", 0.5)];
    const ran = new Map([["phylogeny", { head: [], lines: [], rows: phylogeny, ran: { cppn: 3 } }]]);
    expect(claim("R6a").judge(ran).verdict).toBe("agree");
    const far = claim("R6b").judge(ran);
    expect(far).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("Lineages of at most 3 steps") });
    expect(far.reason).toContain("p up to 0.5 ");
    expect(claim("R6c").judge(ran).verdict).toBe("not measured");
    expect(claim("R6c").judge(new Map([["phylogeny", result("phylogeny", null)]])).verdict).toBe("not measured");
  });

  it("say where the lowest retrained network stands to the paper's 99.99%", () => {
    const reason = (figure: number) => claim("R9").judge(new Map([["retraining", result("retraining.mnist.median", figure)]])).reason;
    expect(reason(0.99943)).toContain("0.99943, judged at .999 and not at the paper's .9999, of which it falls short.");
    expect(reason(0.99995)).not.toContain("falls short");
  });

  it("count regularised ascents beside the bars, and leave recognisability to people", () => {
    const what = "of 10 ascents (10 classes, seeds 1), those at >= .9999";
    const rows = [...result("ascent.lenet.paper-unregularised", 10).rows, { ...said("ascent.lenet.hp-seed-169", 0), what }];
    const ran = new Map([["ascent", { head: [], lines: [], rows }]]);
    expect(claim("R11a").judge(ran).verdict).toBe("agree");
    const regularised = claim("R11b").judge(ran);
    expect(regularised).toMatchObject({ verdict: "not comparable", reason: expect.stringContaining("lenet.hp-seed-169 0 of 10") });
    expect(regularised.ours.map(({ id }) => id)).toEqual(["ascent.lenet.hp-seed-169"]);
    for (const id of ["R11a", "R11b"]) expect(claim(id).statement).not.toContain("recognis");
  });

  it("hold transfer at 99.99% apart from transfer of first labels, which is no verdict on it", () => {
    const rows = [
      ...result("transfer.lenet.lenet-b.some", 0.8).rows,
      ...result("transfer.net.other.some", 0.7).rows,
      ...result("transfer.net.other.own-class.some", 0.6).rows,
    ];
    const ran = new Map([["transfer", { head: [], lines: [], rows, ran: { cppn: 3 } }]]);
    const [digits, things] = [claim("R8a").judge(ran), claim("R8b").judge(ran)];
    expect(digits.verdict).toBe("agree");
    expect(digits.ours).toHaveLength(1);
    expect(things.verdict).toBe("not comparable");
    expect(things.reason).toContain("After 3 generations");
    expect(things.reason).toContain("to a share of 0.7 of the images");
    expect(things.reason).toContain("made for to 0.6.");
  });

  it("never agree on rows without a bar", () => {
    const rows = [said("ablation.net.lowered", 0.9)];
    expect(claim("R7").judge(new Map([["ablation", { head: [], lines: [], rows }]])).verdict).toBe("not comparable");
  });
});
