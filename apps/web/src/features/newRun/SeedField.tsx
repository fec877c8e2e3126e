"use client";
/** The seed of a run, which every method's form has among its fields. */
import { NumberField } from "./NumberField.tsx";
import type { MethodFormState } from "./useMethodForm.ts";

export function SeedField({ form: { seed, seedProblem, setSeed } }: { readonly form: MethodFormState }) {
  return <NumberField label="Seed" value={seed} problem={seedProblem} onChange={setSeed} />;
}
