"use client";
/** The seed of a run, a field of every method's form. */
import { NumberField } from "./NumberField.tsx";
import type { MethodFormState } from "./useMethodForm.ts";

export function SeedField({ form: { seed, seedProblem, setSeed } }: { readonly form: MethodFormState }) {
  return <NumberField label="Seed" value={seed} problem={seedProblem} onChange={setSeed} />;
}
