/** The tokens of a search in order, and where it breaks the grammar. */
import { parser } from "./grammar/parser.ts";
import type { Span } from "./searchTree.ts";

export type TokenName =
  | "Word"
  | "Name"
  | "Field"
  | "Operator"
  | "Quoted"
  | "OpenQuote"
  | "AndWord"
  | "OrWord"
  | "NotWord"
  | "InWord"
  | "Open"
  | "Close"
  | "Comma";

export interface Token extends Span {
  readonly name: TokenName;
  /** The node that contains it. */
  readonly within: string;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Null if the text follows the grammar. */
  readonly error: Span | null;
}

const nodes = new Set(["Search", "Or", "And", "Not", "Group", "Comparison", "List", "Text"]);

export function readTokens(text: string): Tokens {
  const tokens: Token[] = [];
  let error: Span | null = null;
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) {
        error ??= { from: node.from, to: node.to };
        return true;
      }
      if (nodes.has(node.name)) return true;
      // A missing field or value is a node with an error in it.
      if (node.from === node.to) return true;
      tokens.push({ name: node.name as TokenName, from: node.from, to: node.to, within: node.node.parent?.name ?? "" });
      // Fields and names have their word as a child.
      return false;
    },
  });
  return { tokens, error };
}
