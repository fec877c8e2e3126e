/** Whole numbers from 0 in an address, and nothing else: what `wholeNumberOf` refuses is no number here either. */
import { createParser } from "nuqs";
import { isWholeNumber } from "./wholeNumber.ts";

export const parseAsWholeNumber = createParser({
  parse: (text) => (isWholeNumber(text) ? Number(text) : null),
  serialize: String,
});
