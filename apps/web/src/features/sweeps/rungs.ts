/** The rungs of a sweep's successive halving as its page shows them. */
import { formatCount } from "../marks/numbers.ts";
import type { SweepOnPage } from "./sweepOnPage.ts";

export type Rung = SweepOnPage["rungs"][number];

/** Such as `gen 40`, or `900 evaluations`. */
export function nameOfRung({ at, unit, isEnd = false }: { readonly at: number; readonly unit: string; readonly isEnd?: boolean }): string {
  const where = unit === "generations" ? `gen ${formatCount(at)}` : `${formatCount(at)} ${unit}`;
  return isEnd ? `end, ${where}` : `to ${where}`;
}

export interface RungTrack {
  /** Index of the point. */
  readonly point: number;
  /** Its results at the rungs that it reached, in order. */
  readonly marks: readonly { readonly rung: number; readonly nines: number; readonly rank: number }[];
  /** Whether a rung stopped it. */
  readonly isStopped: boolean;
}

/** The points of the decided rungs, those that progressed furthest last, so that they are drawn on top. */
export function tracksOf(rungs: readonly Rung[]): readonly RungTrack[] {
  const decided = rungs.filter(({ decidedAt }) => decidedAt != null);
  return (decided[0]?.points ?? [])
    .map(({ point }): RungTrack => {
      const own = decided.flatMap((rung, i) => rung.points.filter((each) => each.point === point).map((each) => ({ ...each, rung: i })));
      const marks = own.flatMap(({ rung, nines, rank }) => (nines == null ? [] : [{ rung, nines, rank }]));
      return { point, marks, isStopped: own.some(({ kept }) => !kept) };
    })
    .sort((a, b) => a.marks.length - b.marks.length || Number(b.isStopped) - Number(a.isStopped) || b.point - a.point);
}

/** As `stateOfRung`, without words. */
export function shortStateOfRung({ decidedAt, entered, kept, reached }: Rung, seeds: number): string {
  return decidedAt != null ? `${kept} of ${entered}` : `${reached} / ${entered * seeds}`;
}

/** What a rung is waiting for, or what it decided. */
export function stateOfRung({ decidedAt, entered, kept, reached }: Rung, seeds: number): string {
  if (decidedAt != null) return `${formatCount(kept)} of ${formatCount(entered)} continued`;
  return `${formatCount(reached)} of ${formatCount(entered * seeds)} runs here`;
}
