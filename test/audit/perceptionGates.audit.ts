/** G5: every mutant of the statistics of votes fails a gate, every gate is failed by a mutant, and the statistics themselves fail none. */
import { closedForms } from "@pareidolia/lab/perception/closedForms/closedFormGates";
import { realStatistics, type Statistics } from "@pareidolia/lab/perception/closedForms/statistics";
import { expect, it } from "vitest";
import { mutants } from "./mutants.ts";
import { addRow } from "./rowsFile.ts";

interface Outcome {
  readonly gate: string;
  readonly holds: boolean;
}

/** The outcomes of the groups that call the statistic; a gate is named by its group, its id and what it measures. */
function outcomesOf(statistics: Statistics, of: keyof Statistics | null = null): readonly Outcome[] {
  return closedForms
    .filter((group) => of === null || group.of.includes(of))
    .flatMap((group) => group.rows(statistics).map(({ id, what, holds }) => ({ gate: `${group.id}: ${id}, ${what}`, holds })));
}

it("every mutant fails a gate, and every gate is failed by a mutant", () => {
  const real = outcomesOf(realStatistics);
  const failing = real.filter(({ holds }) => !holds).map(({ gate }) => gate);
  const failed = new Set<string>();
  const survivors: string[] = [];
  for (const { name, of, mutate } of mutants) {
    const caught = outcomesOf(mutate(realStatistics), of).filter(({ holds }) => !holds);
    for (const { gate } of caught) failed.add(gate);
    if (caught.length === 0) survivors.push(name);
  }
  const idle = real.map(({ gate }) => gate).filter((gate) => !failed.has(gate));
  addRow("G5 gates of perception that fail without a mutant", failing, `${real.length} gates`);
  addRow("G5 mutants that no gate of perception notices", survivors, `${mutants.length} mutants`);
  addRow("G5 gates of perception that no mutant fails", idle, `${real.length} gates`);
  expect([...failing, ...survivors, ...idle]).toEqual([]);
}, 1_800_000);
