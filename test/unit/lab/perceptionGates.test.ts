import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedGates } from "@pareidolia/lab/perception/publishedGates";
import { realVotesGates } from "@pareidolia/lab/perception/realVotesGates";
import { near, nearAll } from "@pareidolia/lab/perception/row";
import { speedGates } from "@pareidolia/lab/perception/speedGates";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const failing = (rows: readonly { holds: boolean; what: string; figure: number | null }[]) => rows.filter(({ holds }) => !holds);

describe("the gates of perception", () => {
  it("hold on published examples", () => {
    expect(failing(publishedGates())).toEqual([]);
  });

  it("hold on the votes of real people, figure by figure", async () => {
    const rows = await realVotesGates(sharedCacheFolder(), () => undefined);
    expect(failing(rows)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(24);
  });

  it("are not measured, and do not hold, without the votes", async () => {
    const empty = await mkdtemp(join(tmpdir(), "pareidolia-votes-"));
    try {
      const rows = [...(await realVotesGates(empty, () => undefined)), ...(await speedGates(empty, () => undefined))];
      expect(rows).toHaveLength(7);
      for (const row of rows) expect(row).toMatchObject({ figure: null, holds: false, detail: expect.stringContaining("not measured") });
    } finally {
      await rm(empty, { recursive: true });
    }
  });

  it("fail a figure outside its tolerance, NaN, and a list of another length", () => {
    const row = { id: "r", what: "w" };
    expect(near({ ...row, figure: 1.1, expected: 1, tolerance: 0.05 }).holds).toBe(false);
    expect(near({ ...row, figure: Number.NaN, expected: 1, tolerance: 0.05 }).holds).toBe(false);
    expect(nearAll({ ...row, figures: [1, 2], expected: [1, 2], tolerance: 0 }).holds).toBe(true);
    expect(nearAll({ ...row, figures: [1, 3], expected: [1, 2], tolerance: 0.5 })).toMatchObject({ holds: false, figure: 3 });
    expect(nearAll({ ...row, figures: [1], expected: [1, 2], tolerance: 0 }).holds).toBe(false);
  });
});
