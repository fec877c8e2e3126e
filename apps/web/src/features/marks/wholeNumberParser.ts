/** Whole numbers from 0 in an address, and nothing else: what `wholeNumberOf` refuses is no number here either. */
import { createParser } from "nuqs";

export const parseAsWholeNumber = createParser({
  parse: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null),
  serialize: String,
});
