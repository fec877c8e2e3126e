/** The address parameters of the evolution form besides model, encoding, preset, seed and parameters: how much it computes. */
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import type { AddressReader } from "../marks/addressProblems.ts";
import { type AskedProblems, keepNumber } from "./askedValues.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

export const evolutionNumbers = {
  generations: { label: "Generations", initial: "200", rule: evolutionLimits.generations },
  offspring: { label: "Offspring", initial: "200", rule: { ...evolutionLimits.offspring, even: true } },
} as const;
type NumberName = keyof typeof evolutionNumbers;

export interface AskedEvolution {
  /** As typed. */
  readonly numbers: Readonly<Record<NumberName, string>>;
  readonly problems: AskedProblems;
}

export function askedEvolution(asked: AddressReader): AskedEvolution {
  const read = (name: NumberName) => asked.get(name) ?? evolutionNumbers[name].initial;
  const numbers = { generations: read("generations"), offspring: read("offspring") };
  const problemOf = (name: NumberName): AskedProblems => {
    const { label, rule } = evolutionNumbers[name];
    return readWholeNumber(numbers[name], rule) === null ? keepNumber(name, label, numbers[name], wholeNumberWords(rule)) : {};
  };
  return { numbers, problems: { ...problemOf("generations"), ...problemOf("offspring") } };
}
