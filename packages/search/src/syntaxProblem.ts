/** Explains a syntax error from the tokens around it. */
import type { Token, Tokens } from "./readTokens.ts";
import type { SearchProblem, Span } from "./searchTree.ts";

const inQuotes = "To find this text, put it in quotes.";

const afterToken: Partial<Record<Token["name"], { readonly expected: string; readonly hint: string }>> = {
  AndWord: { expected: "a condition", hint: "Write one, such as `state = running`, or remove the word." },
  OrWord: { expected: "a condition", hint: "Write one, such as `state = running`, or remove the word." },
  NotWord: { expected: "a condition", hint: "Write one, such as `state = running`, or remove the word." },
  Operator: { expected: "a value", hint: "Write one, such as `created > -7d`." },
  Comma: { expected: "a value", hint: "Write one, or remove the comma." },
  InWord: { expected: "a list of values in parentheses", hint: "Write one, such as `state IN (running, queued)`." },
};

function unclosedParenthesis(tokens: readonly Token[]): Token | null {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.name === "Open") open.push(token);
    if (token.name === "Close") open.pop();
  }
  return open.at(-1) ?? null;
}

/** Whether the tokens end within a list after IN. */
function isInList(tokens: readonly Token[]): boolean {
  const open = tokens.findLastIndex(({ name }) => name === "Open" || name === "Close");
  return tokens[open]?.name === "Open" && tokens[open - 1]?.name === "InWord";
}

const at = ({ from, to }: Span, message: string, hint: string | null): SearchProblem => ({ from, to, message, hint });

/** The text that the parser skipped at the error, or the next token. Null at the end. */
function foundAt(text: string, tokens: readonly Token[], error: Span): (Span & { readonly name: Token["name"] }) | null {
  const skipped = text.slice(error.from, error.to);
  const word = /^(AND|OR|NOT|IN)\b/i.exec(skipped.trimStart())?.[1];
  if (word !== undefined) {
    const from = error.from + skipped.length - skipped.trimStart().length;
    const name = `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}Word` as Token["name"];
    return { from, to: from + word.length, name };
  }
  const next = tokens.find(({ from }) => from >= error.from);
  const start = error.from + skipped.length - skipped.trimStart().length;
  if (skipped.trim() !== "" && next?.from !== start) return { from: start, to: start + skipped.trim().length, name: "Word" };
  if (next !== undefined) return next;
  const rest = text.slice(error.from).trim();
  const from = text.indexOf(rest, error.from);
  return rest === "" ? null : { from, to: from + rest.length, name: "Word" };
}

/** @param expected the kind of value that a field takes, such as "a number"; undefined for an unknown field. */
export function syntaxProblem(
  text: string,
  { tokens }: Tokens,
  error: Span,
  expected: (field: string) => string | undefined,
): SearchProblem {
  const quote = tokens.find(({ name }) => name === "OpenQuote");
  if (quote !== undefined) return at(quote, "This quote is not closed.", 'Add `"` at the end of the text.');
  const earlier = tokens.filter(({ to }) => to <= error.from);
  const before = earlier.at(-1);
  const found = foundAt(text, tokens, error);
  const written = (span: Span) => text.slice(span.from, span.to);
  const place: Span = found ?? { from: before?.to ?? 0, to: text.length };
  if (found?.name === "InWord" && before?.name === "NotWord")
    return at({ from: before.from, to: found.to }, "NOT comes before the field.", "Write `NOT state IN (running, queued)`.");
  if (before !== undefined && isInList(earlier)) {
    if (before.name !== "Open" && before.name !== "Comma") {
      if (found === null)
        return at(unclosedParenthesis(earlier) ?? before, "This parenthesis is not closed.", "Add `)` after the last value.");
      return at(found, `Expected a comma before \`${written(found)}\`.`, "Separate values with commas, or close the list with `)`.");
    }
    return at(place, `Expected a value after \`${written(before)}\`.`, "Write `state IN (running, queued)`.");
  }
  const field = earlier.at(-2);
  const type = before?.name === "Operator" && field !== undefined ? expected(written(field)) : undefined;
  const expectation = before === undefined ? undefined : afterToken[before.name];
  if (before !== undefined && expectation !== undefined)
    return at(place, `Expected ${type ?? expectation.expected} after \`${written(before)}\`.`, expectation.hint);
  if (found?.name === "Close" && before?.name === "Open")
    return at({ from: before.from, to: found.to }, "These parentheses are empty.", "Write a condition between them.");
  const unclosed = unclosedParenthesis(tokens);
  if (unclosed !== null && found === null) return at(unclosed, "This parenthesis is not closed.", "Add `)` where the group ends.");
  switch (found?.name) {
    case undefined:
      return at(place, "The search is incomplete.", null);
    case "Close":
      return at(place, "This parenthesis has no opening one.", "Remove it, or add `(` where the group starts.");
    case "Operator":
      return at(place, `Expected a field before \`${written(place)}\`.`, "Write one, such as `created > -7d`.");
    case "InWord":
      return at(place, `Expected a field before \`${written(place)}\`.`, inQuotes);
    case "AndWord":
    case "OrWord":
      return at(place, `Expected a condition before \`${written(place)}\`.`, "Write one before it, or remove the word.");
    case "Comma":
      return at(place, "A comma separates the values of a list after IN.", "Write `state IN (running, queued)`.");
    default:
      return at(place, `Unexpected \`${written(place)}\`.`, inQuotes);
  }
}
