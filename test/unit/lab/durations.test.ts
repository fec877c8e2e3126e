/** What an earlier report says about the duration of the next. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { durationCells, expectedWords, findDurations } from "@pareidolia/lab/durations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-durations-"));
});
afterAll(() => rm(folder, { recursive: true }));

const experiment = (id: string, coreSeconds: number, failure: string | null = null) => ({ id, coreSeconds, failure });
const machine = { processor: "one", cores: 4 };
const write = async (name: string, report: object) => {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "report.json"), JSON.stringify(report));
};
const find = (budget: "quick" | "full") => findDurations([join(folder, "none"), folder], budget);

describe("durations", () => {
  it("are those of the most complete report of the budget, then of the newest, or of the full budget's beside a quick one", async () => {
    expect(await find("quick")).toBeNull();
    const quick = {
      budget: "quick",
      seeds: [1, 2, 3, 4, 5, 6],
      machine,
      experiments: [experiment("noise", 2), experiment("ablation", 60)],
    };
    await write("1", { ...quick, writtenAt: "2026-01-01" });
    await write("2", { ...quick, writtenAt: "2026-02-01", experiments: [experiment("noise", 9)] });
    await write("3", { ...quick, writtenAt: "2026-03-01", experiments: [experiment("noise", 9), experiment("ablation", 9, "failed")] });
    expect(await find("quick")).toEqual({ writtenAt: "2026-01-01", machine, coreSeconds: { noise: 2, ablation: 60 } });
    await write("4", { ...quick, writtenAt: "2026-04-01", experiments: [experiment("noise", 4), experiment("ablation", 80)] });
    expect(await find("quick")).toMatchObject({ writtenAt: "2026-04-01", coreSeconds: { noise: 4, ablation: 80 } });
    await write("chosen seeds", { ...quick, writtenAt: "2026-05-01", seeds: [1] });
    await write("chosen generations", { ...quick, writtenAt: "2026-05-01", generations: 1 });
    expect(await find("quick")).toMatchObject({ writtenAt: "2026-04-01" });
    expect(await find("full")).toBeNull();
    const beside = { writtenAt: "2026-01-05", commit: "a", machine, coreSeconds: { noise: 20 }, verdicts: {} };
    await write("5", { ...quick, writtenAt: "2026-01-06", fullBudget: [beside] });
    expect(await find("full")).toEqual({ writtenAt: "2026-01-05", machine, coreSeconds: { noise: 20 } });
    await write("6", { ...quick, budget: "full", seeds: [1, 2, 3, 4, 5, 6, 7, 8], writtenAt: "2026-01-07" });
    expect(await find("full")).toMatchObject({ writtenAt: "2026-01-07", coreSeconds: { noise: 2, ablation: 60 } });
  });

  it("leave out what was already computed, and name experiments of unknown duration", () => {
    const known = { writtenAt: "2026-01-01T10:00:00Z", machine, coreSeconds: { noise: 60, ablation: 10_800, retraining: 7200 } };
    const remaining = [
      { id: "ablation", coreSeconds: 3600 },
      { id: "noise", coreSeconds: 90 },
      { id: "ascent", coreSeconds: 0 },
    ];
    expect(expectedWords(known, "full", remaining, 2)).toBe(
      "Expected: 2.0 h of processor time, so 60.0 min or more on 2 cores (ablation 2.0 h, noise 0.0 min), from the report of 2026-01-01 and its networks on one, 4 cores. Not known: ascent.",
    );
    expect(expectedWords(null, "full", remaining, 2)).toContain("not known");
    expect(durationCells(["noise", "ascent"], [known, null])).toEqual([
      ["noise", "1.0 min", "not known"],
      ["ascent", "not known", "not known"],
    ]);
  });
});
