/** The recipe of a sweep: its settings as rows, and the input that would start it again. */
import { formatCount } from "../marks/numbers.ts";
import { labelOfValue, type SweepOnPage } from "./sweepOnPage.ts";

export interface RecipeRow {
  readonly name: string;
  readonly value: string;
  readonly isNumber: boolean;
}

/** `smallNormPercentile` as `Small norm percentile`. */
function sentenceOf(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? value.toLocaleString("en-GB") : String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length > 12 ? `${value.length} values` : value.map(textOf).join(", ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** The settings that all runs share, without those of an axis. Identifiers are left out: the page shows their names. */
export function commonRows(sweep: Pick<SweepOnPage, "base" | "axes">): readonly RecipeRow[] {
  const base = sweep.base as Readonly<Record<string, unknown>>;
  const varied = new Set(sweep.axes.map(({ path }) => path));
  const parameters = (base["parameters"] ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(base).filter(([name, value]) => !varied.has(name) && !name.endsWith("Id") && name !== "parameters" && value !== null),
    ...Object.entries(parameters).filter(([name]) => !varied.has(`parameters.${name}`)),
  ].map(([name, value]) => ({ name: sentenceOf(name), value: textOf(value), isNumber: typeof value === "number" }));
}

/** Points, seeds, and the rules that end runs early. */
export function ruleRows({
  earlyStopping,
  seeds,
  sampler,
  pointCount,
}: Pick<SweepOnPage, "earlyStopping" | "seeds" | "sampler" | "pointCount">): readonly RecipeRow[] {
  const { plateauGenerations, plateauDelta, medianAfter, halving } = earlyStopping;
  const rows: RecipeRow[] = [
    {
      name: "Points",
      value: sampler === "RANDOM" ? `${formatCount(pointCount)}, drawn at random` : `${formatCount(pointCount)}, all combinations`,
      isNumber: false,
    },
    { name: "Seeds", value: seeds.join(", "), isNumber: true },
  ];
  if (plateauGenerations != null)
    rows.push({
      name: "Plateau",
      value: `after ${formatCount(plateauGenerations)} generations in which the search’s median did not improve${plateauDelta === 0 ? "" : ` by ${plateauDelta} nines`}`,
      isNumber: false,
    });
  if (medianAfter != null)
    rows.push({
      name: "Median rule",
      value: `below the search’s median of the ended runs, from generation ${formatCount(medianAfter)}`,
      isNumber: false,
    });
  if (halving != null)
    rows.push({
      name: "Successive halving",
      value: `1 of ${halving.eta} points continues at ${formatCount(halving.minimum)} ${halving.unit}, and at ${halving.eta} times as many each time`,
      isNumber: false,
    });
  return rows;
}

/** The variables of `startSweep` that give the same runs in the same experiment. */
export function inputOfSweep(sweep: SweepOnPage): object {
  const { base, axes, seeds, kind, experiment, earlyStopping, sampler } = sweep;
  const { plateauGenerations, plateauDelta, medianAfter, halving } = earlyStopping;
  const rules = {
    ...(plateauGenerations == null ? {} : { plateauGenerations, plateauDelta }),
    ...(medianAfter == null ? {} : { medianAfter }),
    ...(halving == null ? {} : { halving: { minimum: halving.minimum, eta: halving.eta } }),
  };
  return {
    input: {
      run: { [kind]: { ...(base as object), experimentId: experiment.key, seed: seeds[0] } },
      axes: axes.map(({ path, values }) => ({ path, values })),
      // The points of a random sample are listed by their values only in the results, so a repeated sample draws its own.
      ...(sampler === "RANDOM" ? { sample: { count: sweep.pointCount, seed: seeds[0] } } : {}),
      seeds,
      ...(Object.keys(rules).length === 0 ? {} : { earlyStopping: rules }),
    },
  };
}

/** The values of an axis as words. */
export function valuesOf(axis: SweepOnPage["axes"][number]): string {
  const values = axis.values as readonly unknown[];
  const most = 24;
  const shown = values.slice(0, most).map((value) => labelOfValue(axis, value));
  return `${shown.join(", ")}${values.length > most ? `, and ${values.length - most} more` : ""}`;
}
