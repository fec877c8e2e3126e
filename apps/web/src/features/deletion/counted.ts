import { formatCount } from "../marks/numbers.ts";

/** "1 elite", "1,200 elites"; empty if the count is 0. */
export function counted(count: number, singular: string, plural: string): readonly string[] {
  return count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? singular : plural}`];
}
