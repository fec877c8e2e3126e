import { judgeClaim } from "@pareidolia/lab/claims/claim";
import { claims } from "@pareidolia/lab/claims/registry";
import type { ExperimentResult } from "@pareidolia/lab/experiments/experiment";
import { experiments } from "@pareidolia/lab/experiments/registry";
import { judge } from "@pareidolia/lab/report";
import { describe, expect, it } from "vitest";

function result(id: string, figure: number | null): ExperimentResult {
  return { head: [], lines: [], rows: [judge({ id, what: "a figure", figure, bar: { atLeast: 0.5 }, detail: "seed 1" })] };
}

const claim = (id: string) => claims.find((candidate) => candidate.id === id) as (typeof claims)[number];

describe("the paper's claims", () => {
  it("are R1 to R11 in order", () => {
    expect(claims.map(({ id }) => id)).toEqual(Array.from({ length: 11 }, (_, i) => `R${i + 1}`));
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
    const r1 = claim("R1");
    const direct = (figure: number) => ["mnist-direct", result("mnist-direct.median", figure)] as const;
    const noise = ["noise", result("noise.median", 0.6)] as const;
    expect(judgeClaim(r1, new Map([direct(0.9), noise])).verdict).toBe("agree");
    expect(judgeClaim(r1, new Map([direct(0.9)]))).toMatchObject({ verdict: "not measured", reason: "No result of: noise." });
    expect(judgeClaim(r1, new Map([direct(0.1)])).verdict).toBe("disagree");
  });

  it("never hold R3's absolute median against another network and budget", () => {
    expect(claim("R3").judge(new Map([["imagenet-evolution", result("imagenet-evolution.net.median", 0.1)]])).verdict).toBe(
      "not comparable",
    );
  });
});
