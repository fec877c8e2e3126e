/** The form's own fields and their bounds; parameters are checked by their specs. */

import * as z from "zod";
import { formatCount } from "../marks/numbers.ts";

/** One sentence says all that a value must be, whatever is wrong with it. */
function wholeNumber(minimum: number, maximum: number, even = false) {
  const problem = `${even ? "An even number" : "A whole number"} from ${formatCount(minimum)} to ${formatCount(maximum)}.`;
  return z
    .string()
    .trim()
    .regex(/^\d+$/, problem)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum && !(even && value % 2 === 1), problem);
}

export const runFormSchema = z.object({
  seed: wholeNumber(0, 2 ** 31 - 1),
  generations: wholeNumber(1, 100_000),
  /** Even, since a pair of parents has two children. */
  offspring: wholeNumber(2, 2000, true),
});

/** The settings that determine how much a run computes; the seed does not. */
export const runSizeSchema = runFormSchema.pick({ generations: true, offspring: true });

export type RunFormInput = z.input<typeof runFormSchema>;
export type RunFormValues = z.output<typeof runFormSchema>;
export const runFormDefaults: RunFormInput = { seed: "142", generations: "200", offspring: "200" };
