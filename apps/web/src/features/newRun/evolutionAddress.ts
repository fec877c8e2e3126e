/** The evolution form's own values in the page's address: generations and offspring. */
import { evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import type { AddressReader } from "../marks/addressProblems.ts";
import { type AddressProblems, invalidNumber } from "./methodAddress.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

export const evolutionNumbers = {
  generations: { label: "Generations", default: "200", rule: evolutionLimits.generations },
  offspring: { label: "Offspring", default: "200", rule: { ...evolutionLimits.offspring, even: true } },
} as const;
type NumberName = keyof typeof evolutionNumbers;

export interface RequestedEvolution {
  /** As text, even if invalid. */
  readonly numbers: Readonly<Record<NumberName, string>>;
  readonly problems: AddressProblems;
}

export function evolutionFromAddress(address: AddressReader): RequestedEvolution {
  const read = (name: NumberName) => address.get(name) ?? evolutionNumbers[name].default;
  const numbers = { generations: read("generations"), offspring: read("offspring") };
  const problemOf = (name: NumberName): AddressProblems => {
    const { label, rule } = evolutionNumbers[name];
    return readWholeNumber(numbers[name], rule) === null ? invalidNumber(name, label, numbers[name], wholeNumberError(rule)) : {};
  };
  return { numbers, problems: { ...problemOf("generations"), ...problemOf("offspring") } };
}
