/** The networks for an experiment on digits: first the user's, then LeNet, the only one with bars. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type Bar, judge, noBar, type ReportRow } from "../report.ts";
import type { ModelShelf } from "./experiment.ts";

export interface DigitModel {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
  readonly hasBars: boolean;
}

const bundled = "lenet";

export async function openDigitModels(models: ModelShelf): Promise<readonly DigitModel[]> {
  const ids = [...new Set([...models.userModels, bundled])];
  return Promise.all(ids.map(async (id) => ({ id, classifier: await models.open(id), hasBars: !models.userModels.includes(id) })));
}

/** A row with a bar for LeNet. For another network, the same figure is a finding, and its text mentions LeNet's bar. */
export function judgeForLeNet(
  { id, hasBars }: Pick<DigitModel, "id" | "hasBars">,
  row: Omit<Parameters<typeof judge>[0], "bar"> & { readonly bar: Bar },
): ReportRow {
  const judged = judge({ ...row, what: `${row.what}, on ${id}` });
  if (hasBars) return judged;
  return { ...judged, what: `${judged.what} (the bar ${judged.bar} is for LeNet only)`, bar: noBar, holds: true, finding: true };
}
