/** Parses a URL parameter as a whole number from 0. It accepts the same texts as the rule `wholeNumberOf`. */
import { createParser } from "nuqs";
import { isWholeNumber } from "./wholeNumber.ts";

export const parseAsWholeNumber = createParser({
  parse: (text) => (isWholeNumber(text) ? Number(text) : null),
  serialize: String,
});
