/** The line of a session's slope through the mean of its votes, with the slopes at both ends of the interval. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";

type Session = Extract<StudyResult<"bias">["planned"]["phases"][number]["session"], { readonly defined: true }>;

export interface SlopePoint {
  /** From 1. */
  readonly trial: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Points at the first trial, at the mean trial of the votes, and at the last. */
export function slopeLine(
  session: Pick<Session, "first" | "last" | "agreeing" | "votes">,
  slope: { readonly estimate: number; readonly low: number; readonly high: number },
): SlopePoint[] {
  const votes = session.votes.reduce((sum, count) => sum + count, 0);
  if (votes === 0) return [];
  const mean = session.agreeing.reduce((sum, count) => sum + count, 0) / votes;
  const middleOf = (group: number): number => ((session.first[group] as number) + (session.last[group] as number)) / 2 + 1;
  const centre = session.votes.reduce((sum, count, group) => sum + count * middleOf(group), 0) / votes;
  return [1, centre, (session.last.at(-1) as number) + 1].map((trial) => {
    const ends = [mean + slope.low * (trial - centre), mean + slope.high * (trial - centre)];
    return { trial, share: mean + slope.estimate * (trial - centre), low: Math.min(...ends), high: Math.max(...ends) };
  });
}
