/**
 * `npm test` runs a sample of what is exhaustive: one case of each kind, and those that the branch touches. `npm run audit -- --full` runs
 * every case of the files that use this module, and the files named *.full.test.ts, which have no sample. A sample asserts the same of each
 * of its cases.
 */
import { readChangedFiles } from "./diff.ts";

export const isFull = process.env["PAREIDOLIA_TEST_FULL"] === "1";

interface Choice<Case> {
  /** The kind of a case. The first case of each kind is in the sample. */
  by(each: Case): string;
  /** Whether the branch touches it, given the paths of changed files. */
  isTouched?(each: Case, changed: ReadonlySet<string>): boolean;
}

export function sampled<Case>(cases: readonly Case[], choice: Choice<NoInfer<Case>>): readonly Case[] {
  return isFull ? cases : sampleOf(cases, choice, readChangedFiles());
}

export function sampleOf<Case>(
  cases: readonly Case[],
  { by, isTouched }: Choice<NoInfer<Case>>,
  changed: ReadonlySet<string>,
): readonly Case[] {
  const kinds = new Set<string>();
  return cases.filter((each) => {
    const kind = by(each);
    const isFirst = !kinds.has(kind);
    kinds.add(kind);
    return isFirst || isTouched?.(each, changed) === true;
  });
}

/** For cases that all follow from the files of one folder. */
export function isTouchedIn(folder: string): (each: unknown, changed: ReadonlySet<string>) => boolean {
  return (_each, changed) => [...changed].some((file) => file.startsWith(`${folder}/`));
}
