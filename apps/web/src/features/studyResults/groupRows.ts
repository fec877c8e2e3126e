/** The groups of a grouping compared with a baseline, for chart and table: figures, differences, and p corrected for their number. */
import { holm } from "@pareidolia/analysis/holm";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { nameOfSource } from "../study/nameOfSource.ts";
import type { FigureOrReason } from "./readResults.ts";
import type { Measure } from "./resultsState.ts";

export type Grouping = StudyResult<"groups">["planned"]["phases"][number]["groupings"][number];
export type ImageGroup = Grouping["groups"][number];
type Difference = Grouping["pairs"][number]["share"];

export interface GroupRow {
  readonly group: ImageGroup;
  readonly name: string;
  readonly figure: FigureOrReason;
  /** Of the group less the baseline; null for the baseline itself. */
  readonly difference: Difference | null;
  /** Holm's, over all differences from the baseline that are defined; null without a difference. */
  readonly p: number | null;
}

export function nameOfGroup({ by }: Pick<Grouping, "by">, { name, from, to }: Pick<ImageGroup, "name" | "from" | "to">): string {
  switch (by) {
    case "model":
    case "group":
    case "condition":
      return name;
    case "source":
      return nameOfSource(name);
    case "generation":
      return from === to ? `generation ${from}` : `${from} – ${to}`;
  }
}

/** @param baseline the place of a group; the first group if there is no such group. */
export function groupRows(grouping: Grouping, measure: Measure, baseline: number): GroupRow[] {
  const base = baseline < grouping.groups.length ? baseline : 0;
  const differences = grouping.groups.map((_, index) => (index === base ? null : differenceFrom(grouping, measure, index, base)));
  const corrected = holm(differences.flatMap((difference) => (difference?.defined ? [difference.p] : []))).values();
  return grouping.groups.map((group, index) => {
    const difference = differences[index] ?? null;
    return {
      group,
      name: nameOfGroup(grouping, group),
      figure: group[measure],
      difference,
      p: difference?.defined ? (corrected.next().value as number) : null,
    };
  });
}

/** Of the group less the baseline; pairs are stored in order of groups. */
function differenceFrom({ pairs }: Grouping, measure: Measure, index: number, base: number): Difference {
  const pair = pairs.find(({ first, second }) => first === Math.min(index, base) && second === Math.max(index, base));
  const found = pair?.[measure] ?? { defined: false as const, reason: "It was not computed." };
  return !found.defined || index < base
    ? found
    : { ...found, difference: { ...negated(found.difference), n: found.difference.n }, effect: negated(found.effect) };
}

function negated({ estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number }) {
  return { estimate: 0 - estimate, low: 0 - high, high: 0 - low };
}
