/** What has a tag, as in "3 runs and 1 experiment"; null for nothing. */
import { formatCount } from "../marks/numbers.ts";

const counted = (count: number, noun: string) => (count === 0 ? [] : [`${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`]);

export function usesOf({ runCount, experimentCount }: { readonly runCount: number; readonly experimentCount: number }): string | null {
  const parts = [...counted(runCount, "run"), ...counted(experimentCount, "experiment")];
  return parts.length === 0 ? null : parts.join(" and ");
}
