/** The parallel coordinates of a comparison: the settings that differ as axes, the entries as lines, the median last. */
import { type ParallelAxis, type ParallelLine, rangeOfNines } from "../charts/parallelLines.ts";
import { formatParameter } from "../run/parameterEntries.ts";
import { letterOf } from "./comparedRuns.ts";
import { lineOf } from "./EntryMark.tsx";
import type { RunComparison } from "./useComparison.ts";

/** More axes would leave no room for their names. */
const maxAxes = 7;
const maxTicks = 7;
/** A group whose runs differ in a setting passes below its values. */
const several = "several";

type Parameter = RunComparison["parameters"][number];

export interface EntryLine extends ParallelLine {
  /** The values of the axes as text, in their order. */
  readonly values: readonly string[];
}

interface Scale {
  readonly ticks: ParallelAxis["ticks"];
  at(text: string): number;
}

function textOf({ values, count }: Parameter["values"][number]): string {
  const [only] = values as readonly unknown[];
  if (count !== 1) return several;
  return only === null || only === undefined ? "–" : formatParameter(only);
}

/** Numbers in their order and the rest as listed, all equally spaced, so that small values stay apart. */
function scaleOf({ values }: Parameter): Scale {
  const given = values.flatMap((value) => (value.count === 1 ? [(value.values as readonly unknown[])[0]] : []));
  const numbers = given.filter((value): value is number => typeof value === "number").sort((a, b) => a - b);
  const others = given.filter((value) => typeof value !== "number").map((value) => (value == null ? "–" : formatParameter(value)));
  const hasSeveral = values.some(({ count }) => count !== 1);
  const texts = [...new Set([...(hasSeveral ? [several] : []), ...others, ...numbers.map(formatParameter)])];
  const at = (text: string): number => (texts.length === 1 ? 0.5 : texts.indexOf(text) / (texts.length - 1));
  const step = Math.max(1, Math.ceil(texts.length / maxTicks));
  return { at, ticks: texts.filter((_, i) => i % step === 0 || i === texts.length - 1).map((text) => ({ at: at(text), text })) };
}

/** @param medians The median of each entry in the generation shown, 0 to 1; null without one. */
export function parallelEntries(
  { entries, parameters }: Pick<RunComparison, "entries" | "parameters">,
  medians: readonly (number | null)[],
) {
  // A run's seed tells little beside its settings, and every group has several.
  const differing = parameters.filter(({ differs, name }) => differs && name !== "seed").slice(0, maxAxes);
  const scales = differing.map(scaleOf);
  const shown = entries.flatMap(({ name }, entry) => {
    const median = medians[entry] ?? null;
    return median === null ? [] : [{ name, entry, median, nines: -Math.log10(Math.max(1 - median, 1e-16)) }];
  });
  const range = rangeOfNines(shown.map(({ nines }) => nines));
  const [low, high] = range;
  const lines = shown.map(({ name, entry, median, nines }): EntryLine => {
    const values = differing.map((parameter) => textOf(parameter.values[entry] as Parameter["values"][number]));
    return {
      key: String(entry),
      label: `${letterOf(entry)}, ${name}`,
      mark: letterOf(entry),
      stroke: lineOf(entry),
      median,
      nines,
      values,
      at: [...values.map((value, i) => (scales[i] as Scale).at(value)), (nines - low) / (high - low)],
    };
  });
  const axes = differing.map(({ name, label }, i): ParallelAxis => ({ key: name, label, ticks: (scales[i] as Scale).ticks }));
  return { axes, lines, range };
}
