/** Names a sweep's run after its point and seed, such as "Weight mutation 0.1, seed 3". */
import { maxNameLength } from "@pareidolia/core/maxNameLength";

/** A value of the point, with the label of its axis. */
export interface NamedValue {
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

/** Axes whose values need no label, such as a model's name. */
const namedByValue: ReadonlySet<string> = new Set(["modelId", "sourceId", "encoding", "ascent", "attack", "dataset"]);

/** Lowercases a label for the middle of a name, except an abbreviation, such as "L2 norm". */
function lowerFirst(label: string): string {
  return label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
}

export function nameOfSweepRun(values: readonly NamedValue[], seed: number): string {
  const parts = values.map(({ path, label, value }, i) => {
    if (namedByValue.has(path)) return value;
    return `${i === 0 ? label : lowerFirst(label)} ${value}`;
  });
  const end = `, seed ${seed}`;
  const point = parts.join(", ");
  const room = maxNameLength - end.length;
  // A list of classes may be long. The seed, in which the runs of a point differ, stays.
  return `${point.length > room ? `${point.slice(0, room - 1).trimEnd()}…` : point}${end}`;
}
