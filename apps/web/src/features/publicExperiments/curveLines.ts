/** The first runs of a shared experiment get a letter and a dash pattern, by which curves and table refer to each other. */
import type { PublicRunFragment } from "../../graphql/generated/graphql.ts";

const dashes = ["", "6 3", "2 3", "8 3 2 3"] as const;

export interface CurveLine {
  readonly letter: string;
  readonly dash: string;
}

/** By the run's ID, for at most four evolutions. */
export function curveLines(runs: readonly PublicRunFragment[]): ReadonlyMap<string, CurveLine> {
  const drawn = runs.filter((run) => run.__typename === "EvolutionRun" && run.archive.length > 0).slice(0, dashes.length);
  return new Map(drawn.map(({ id }, index) => [id, { letter: "ABCD".charAt(index), dash: dashes[index] ?? "" }]));
}
