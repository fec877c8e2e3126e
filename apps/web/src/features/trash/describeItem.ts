/** The name of an item in the trash, and a note on what it contains. */
import type { TrashItemFragment } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";

export function describeItem({ subject, runCount, name, kind, modelName, experimentKey }: TrashItemFragment): {
  title: string;
  note: string;
} {
  if (subject === "EXPERIMENT") return { title: name, note: `experiment with ${formatCount(runCount)} ${runCount === 1 ? "run" : "runs"}` };
  return { title: name === "" ? `${kind ?? "run"} against ${modelName ?? "a model"}` : name, note: `run of ${experimentKey ?? ""}` };
}
