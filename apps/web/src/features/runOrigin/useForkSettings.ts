"use client";
/** The settings that every fork may change: the parameters of its method and the seed, with their differences from the original. */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useState } from "react";
import { asValues, overridesOf, problemWith, type Spec, type Values } from "../newRun/parameterForm.ts";
import { readWholeNumber, wholeNumberError } from "../newRun/wholeNumbers.ts";
import type { ShownDifference } from "./DifferenceList.tsx";

interface Original {
  readonly key: string;
  readonly parameters: unknown;
  readonly seed: number;
}

/** @param specs The parameters that a fork may change. */
export function useForkSettings(run: Original, specs: readonly Spec[]) {
  const original = asValues(run.parameters);
  const [values, setValues] = useState<Values>(original);
  const [seedText, setSeedText] = useState(String(run.seed));
  const seed = readWholeNumber(seedText, seedLimits);
  const differences: readonly ShownDifference[] = [
    ...specs.map(({ name, label }) => ({ name, label, before: original[name], after: values[name] })),
    { name: "seed", label: "Seed", before: run.seed, after: seed },
  ];
  return {
    runKey: run.key,
    specs,
    original,
    values,
    setValue: (name: string, value: unknown) => setValues({ ...values, [name]: value }),
    resetValues: () => setValues(original),
    seedText,
    setSeedText,
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
