import { formatCount } from "../marks/numbers.ts";

/** "1 elite", "1,200 elites"; nothing where there is none. */
export function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`];
}
