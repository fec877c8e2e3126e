/**
 * Refuses a document before it is parsed and validated, over every transport alike. The limit of tokens does not count comments, and
 * validation compares all fields of the same name with each other, inline fragments and fragments included: its time grows with the square
 * of their number, and the tokens of one document would suffice for half a second.
 */
import { type DocumentNode, parse, visit } from "graphql";
import { limits, tooComplex } from "./limits.ts";

/** Each field with a selection needs a brace of its own, so a document with fewer braces has fewer such fields. */
const harmlessBraces = Math.floor(Math.sqrt(2 * limits.comparisons));

function countBraces(text: string): number {
  let count = 0;
  for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at + 1)) count += 1;
  return count;
}

/**
 * Pairs of fields with selections and the same path of names in the response. A fragment begins a path of its own, wherever it is spread, so
 * fields of many fragments are paired, too.
 */
function countComparisons(document: DocumentNode): number {
  const fields = new Map<string, number>();
  const path: string[] = [];
  let count = 0;
  visit(document, {
    Field: {
      enter({ alias, name, selectionSet }) {
        path.push((alias ?? name).value);
        if (selectionSet === undefined) return;
        const key = path.join(".");
        const earlier = fields.get(key) ?? 0;
        count += earlier;
        fields.set(key, earlier + 1);
      },
      leave() {
        path.pop();
      },
    },
  });
  return count;
}

function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: limits.tokens, noLocation: true });
  } catch {
    // GraphQL itself reports what is wrong.
    return null;
  }
}

/** @throws GraphQLError TOO_COMPLEX. */
export function checkDocument(text: string): void {
  if (text.length > limits.documentLength)
    throw tooComplex(
      `The document has ${text.length} characters, comments and spaces included; at most ${limits.documentLength} are allowed. Send values as variables.`,
    );
  if (countBraces(text) <= harmlessBraces) return;
  const document = parseOrNull(text);
  if (document !== null && countComparisons(document) > limits.comparisons)
    throw tooComplex("The document repeats the same fields too often. Name each field once, or put its selections into one fragment.");
}
