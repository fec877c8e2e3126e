/** The form's own fields and their bounds; parameters are checked by their specs. */
import * as z from "zod";

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, "A whole number.")
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `From ${minimum} to ${maximum.toLocaleString("en-GB")}.`);

export const runFormSchema = z.object({
  seed: wholeNumber(0, 2 ** 31 - 1),
  generations: wholeNumber(1, 100_000),
  offspring: wholeNumber(2, 10_000),
});

export type RunFormInput = z.input<typeof runFormSchema>;
export type RunFormValues = z.output<typeof runFormSchema>;
export const runFormDefaults: RunFormInput = { seed: "142", generations: "200", offspring: "200" };
