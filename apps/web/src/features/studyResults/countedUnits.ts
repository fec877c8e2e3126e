/** Voters or images of the two ways of counting as rows, from the columns of the stored result. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";

type Counting = Extract<StudyResult<"summary">["planned"]["phases"][number]["voters"], { readonly defined: true }>;

export interface CountedUnit {
  /** A voter's number or an image's index. */
  readonly unit: number;
  readonly agreeing: number;
  readonly votes: number;
  readonly share: number;
  /** 95% interval. */
  readonly low: number;
  readonly high: number;
  readonly comparison: Counting["comparison"][number];
}

/** Units by their share, from the lowest; equal shares by the lower end of the interval, then by unit. */
export function unitsOfCounting(counting: Counting): CountedUnit[] {
  return counting.units
    .map((unit, index): CountedUnit => {
      const [agreeing, votes] = [counting.agreeing[index] as number, counting.votes[index] as number];
      return {
        unit,
        agreeing,
        votes,
        share: agreeing / votes,
        low: counting.low[index] as number,
        high: counting.high[index] as number,
        comparison: counting.comparison[index] as CountedUnit["comparison"],
      };
    })
    .sort((one, other) => one.share - other.share || one.low - other.low || one.unit - other.unit);
}

/** Units of everyone that the plan leaves out. */
export function leftOutUnits(everyone: Counting, planned: Counting): CountedUnit[] {
  const kept = new Set(planned.units);
  return unitsOfCounting(everyone).filter(({ unit }) => !kept.has(unit));
}

/** Up to this many of a list, evenly spaced, including the first and the last. */
export function sampled<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  if (most <= 1) return list.slice(0, most);
  return Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))] as T);
}
