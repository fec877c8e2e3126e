/**
 * G6: every bar of `npm run repro -- perception` and `npm run repro -- intervals` holds, with as many simulations as the bars are defined for.
 * Unit tests simulate a tenth of them, and see only large errors.
 */
import { cacheFolder } from "@pareidolia/lab/cacheFolder";
import type { Experiment } from "@pareidolia/lab/experiments/experiment";
import { intervals } from "@pareidolia/lab/experiments/intervals";
import { perception } from "@pareidolia/lab/experiments/perception";
import { createModelShelf } from "@pareidolia/lab/modelShelf";
import { noBar } from "@pareidolia/lab/report";
import { expect, it } from "vitest";
import { addRow } from "./rowsFile.ts";

it.each([intervals, perception] satisfies readonly Experiment[])(
  "every bar of the experiment $id holds",
  async ({ id, run }) => {
    const onProgress = (line: string): void => console.log(line);
    const folder = cacheFolder(process.env);
    // Neither experiment opens a network.
    const models = createModelShelf({ cacheFolder: folder, userModels: [], onProgress });
    const { rows } = await run({ models, cacheFolder: folder, budget: "full", onProgress });
    const missed = rows.filter(({ holds }) => !holds).map(({ id: row, what, figure, bar }) => `${row}, ${what}: ${figure} (bar: ${bar})`);
    const described = rows.filter(({ bar }) => bar === noBar).length;
    addRow(`G6 figures of repro -- ${id} that miss their bar`, missed, `${rows.length} figures, ${described} of them without a bar`);
    expect(missed).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
  },
  7_200_000,
);
