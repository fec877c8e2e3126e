/** How consistently a voter answers when an image is shown a second time. */
import type { Answer } from "../protocols/screen.ts";
import type { Trial } from "../trials/trial.ts";

/** Whether a voter gave the same answer to a trial twice. Ratings may differ by one level. */
export function isSameAnswer(first: Answer, second: Answer): boolean {
  if ("ratings" in first && "ratings" in second)
    return first.ratings.every((rating, index) => Math.abs(rating - (second.ratings[index] as number)) <= 1);
  return JSON.stringify(first) === JSON.stringify(second);
}

/** Images that a voter has answered twice in a phase: their items, and 1 if both answers are the same. */
export interface RepeatedAnswers {
  readonly item: Int32Array;
  readonly same: Uint8Array;
}

/** @param answered trials of one voter in one phase. */
export function compareRepeats(answered: readonly { readonly trial: Trial; readonly answer: Answer }[]): RepeatedAnswers {
  const first = new Map(answered.flatMap(({ trial, answer }) => (trial.role === "counted" ? [[trial.item, answer] as const] : [])));
  const twice = answered.flatMap(({ trial, answer }) => {
    const before = trial.role === "repeat" ? first.get(trial.item) : undefined;
    return before === undefined ? [] : [{ item: trial.item, same: isSameAnswer(before, answer) }];
  });
  return { item: Int32Array.from(twice, ({ item }) => item), same: Uint8Array.from(twice, ({ same }) => Number(same)) };
}
