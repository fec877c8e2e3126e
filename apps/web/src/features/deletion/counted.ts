import { formatCount } from "../marks/numbers.ts";

/** "1 elite", "1,200 elites"; empty if the count is 0. */
export function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`];
}
