/** The groups of a grouping compared with a baseline, for chart and table: figures, differences, and p corrected for their number. */
import { holm } from "@pareidolia/analysis/holm";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { nameOfSource } from "../study/nameOfSource.ts";
import { type FigureOrReason, figureCells, figureColumns } from "./readResults.ts";
import { namesOfPopulations } from "./resultFormats.ts";
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
  if (!found.defined) return found.estimate === undefined || index < base ? found : { ...found, estimate: 0 - found.estimate };
  return index < base
    ? found
    : { ...found, difference: { ...found.difference, ...negated(found.difference) }, effect: negated(found.effect) };
}

function negated({ estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number }) {
  return { estimate: 0 - estimate, low: 0 - high, high: 0 - low };
}

/** Columns of a table or CSV file. */
export const groupColumns = [
  "group",
  "images",
  "images with votes",
  "voters",
  "votes",
  ...figureColumns,
  "difference",
  "difference low",
  "difference high",
  "effect",
  "effect low",
  "effect high",
  "difference and effect for",
  "p",
  "p, Holm",
  "no difference because",
];

export function groupCells({ group, name, figure, difference, p }: GroupRow) {
  const compared = difference?.defined
    ? [
        ...boundsOf(difference.difference),
        ...boundsOf(difference.effect),
        namesOfPopulations[difference.difference.over],
        difference.p,
        p,
        "",
      ]
    : [difference?.estimate ?? null, ...Array.from({ length: 8 }, () => null), difference?.reason ?? ""];
  return [name, group.images, group.judged, group.voters, group.votes, ...figureCells(figure), ...compared];
}

const boundsOf = ({ estimate, low, high }: { readonly estimate: number; readonly low: number; readonly high: number }) => [
  estimate,
  low,
  high,
];
