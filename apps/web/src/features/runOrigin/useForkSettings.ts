"use client";
/**
 * The settings that every fork may change: where it starts, its size, the parameters of its method and the seed, with their differences from the
 * original. They are kept until they are sent.
 */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useUnsent } from "../drafts/useUnsent.ts";
import { asValues, overridesOf, problemWith, type Spec } from "../newRun/parameterForm.ts";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import type { ShownDifference } from "./DifferenceList.tsx";

interface Original {
  readonly key: string;
  readonly parameters: unknown;
  readonly seed: number;
}

interface ForkStart {
  /** Distinguishes the forms of one run. */
  readonly form: string;
  /** The generation or link whose state the fork starts with. */
  readonly at: number;
  /** Generations or links of the fork, as proposed. */
  readonly size: number;
}

/** @param specs The parameters that a fork may change. */
export function useForkSettings(run: Original, specs: readonly Spec[], { form, at, size }: ForkStart) {
  const original = asValues(run.parameters);
  const unsent = useUnsent(`fork of ${form}`, { at, sizeText: String(size), seedText: String(run.seed), values: original });
  const { values, seedText } = unsent.values;
  const seed = readWholeNumber(seedText, seedLimits);
  const differences: readonly ShownDifference[] = [
    ...specs.map(({ name, label }) => ({ name, label, before: original[name], after: values[name] })),
    { name: "seed", label: "Seed", before: run.seed, after: seed },
  ];
  return {
    runKey: run.key,
    specs,
    original,
    ...unsent.values,
    change: unsent.change,
    setValue: (name: string, value: unknown) => unsent.change({ values: { ...values, [name]: value } }),
    resetValues: () => unsent.change({ values: original }),
    restored: { isRestored: unsent.isRestored, discard: unsent.discard },
    sent: unsent.sent,
    seedProblem: seed === null ? wholeNumberError(seedLimits) : null,
    differences,
    /** What the mutation takes; null while a field is invalid. */
    input:
      seed !== null && specs.every((spec) => problemWith(spec, values[spec.name]) === null)
        ? { seed, parameters: overridesOf(values, original) }
        : null,
  };
}

export type ForkSettings = ReturnType<typeof useForkSettings>;
