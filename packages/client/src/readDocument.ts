/** Reads from a document what the client must know to send it: its text, the kind of its operation and the types of its variables. */
import { printDocument } from "./printDocument.ts";
import type { SyntaxTree } from "./typedDocument.ts";

export type OperationKind = "query" | "mutation" | "subscription";

export interface ReadDocument {
  readonly text: string;
  /** Kinds of its operations, in their order. */
  readonly kinds: readonly OperationKind[];
  /** The named type of each variable, such as StartEvolutionInput. */
  readonly variableTypes: ReadonlyMap<string, string>;
  /** The variable that is passed as `since`; null without one. */
  readonly since: string | null;
  /** All names in it, such as those of its fields. */
  readonly names: ReadonlySet<string>;
}

/** Block strings, strings, comments, names and variables, and other characters. */
const tokens = /"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#[^\n\r]*|\$?[A-Za-z_]\w*|[^\s,]/g;

const isTree = (document: object): document is SyntaxTree => (document as { readonly kind?: unknown }).kind === "Document";

function textOf(document: unknown): string {
  if (typeof document === "string") return document;
  // TypedDocumentString of code generators is such an object.
  if (document instanceof String) return document.valueOf();
  if (typeof document === "object" && document !== null && isTree(document)) return printDocument(document);
  throw new TypeError("A document is a string or a syntax tree.");
}

export function readDocument(document: unknown): ReadDocument {
  const text = textOf(document);
  const kinds: OperationKind[] = [];
  const variableTypes = new Map<string, string>();
  const names = new Set<string>();
  let since: string | null = null;
  let [depth, parentheses] = [0, 0];
  let startsDefinition = true;
  const found = (text.match(tokens) ?? []).filter((token) => !token.startsWith("#"));
  for (const [index, token] of found.entries()) {
    if (token === "(") parentheses += 1;
    else if (token === ")") parentheses -= 1;
    else if (token === "{") {
      if (depth === 0 && parentheses === 0 && startsDefinition) kinds.push("query");
      depth += 1;
      startsDefinition = false;
    } else if (token === "}") {
      depth -= 1;
      startsDefinition = depth === 0 && parentheses === 0;
    } else if (depth === 0 && parentheses === 0 && startsDefinition && /^\w/.test(token)) {
      if (token === "query" || token === "mutation" || token === "subscription") kinds.push(token);
      startsDefinition = false;
    } else if (depth === 0 && parentheses === 1 && token.startsWith("$") && found[index + 1] === ":") {
      const type = found.slice(index + 2).find((next) => next !== "[");
      if (type !== undefined) variableTypes.set(token.slice(1), type);
    } else if (token === "since" && found[index + 1] === ":" && found[index + 2]?.startsWith("$"))
      since = found[index + 2]?.slice(1) ?? null;
    if (/^[A-Za-z_]/.test(token)) names.add(token);
  }
  return { text, kinds, variableTypes, since, names };
}
