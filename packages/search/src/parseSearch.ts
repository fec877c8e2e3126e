/** Parses a search into its syntax tree, or finds the first problem. Fields and values are not checked here. */
import type { SyntaxNode } from "@lezer/common";
import { expectations, type FieldRegistry } from "./fields/field.ts";
import { parser } from "./grammar/parser.ts";
import { readName } from "./readName.ts";
import { readTokens } from "./readTokens.ts";
import type { Operator, Outcome, SearchTree, Span, Written } from "./searchTree.ts";
import { syntaxProblem } from "./syntaxProblem.ts";

/** In characters. */
export const maxSearchLength = 1000;
/** Words, quoted texts and values. */
export const maxTerms = 50;
/** Nested parentheses and negations. */
export const deepestSearch = 20;

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const valueNames = new Set(["Name", "Quoted"]);

class TreeReader {
  readonly #text: string;
  terms = 0;
  depth = 0;
  #open = 0;
  /** The first part that is nested too deeply. */
  tooDeep: Span | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  #written({ name, from, to }: SyntaxNode): Written {
    this.terms++;
    const text = this.#text.slice(from, to);
    return name === "Quoted" ? { ...readName(text), from, to } : { text, isQuoted: false, from, to };
  }

  #nested(node: SyntaxNode): SearchTree | null {
    this.#open++;
    if (this.#open > deepestSearch) this.tooDeep ??= { from: node.from, to: node.to };
    const tree = this.tooDeep === null ? this.read(node) : null;
    this.#open--;
    return tree;
  }

  #several(kind: "and" | "or", nodes: readonly SyntaxNode[]): SearchTree | null {
    const read = nodes.flatMap((node) => this.read(node) ?? []);
    // (a AND b) AND c is a AND b AND c.
    const parts = read.flatMap((part) => (part.kind === kind ? part.parts : [part]));
    return parts.length === 1 ? (parts[0] as SearchTree) : parts.length === 0 ? null : { kind, parts };
  }

  /** Null for an empty search. */
  read(node: SyntaxNode): SearchTree | null {
    const children = childrenOf(node);
    switch (node.name) {
      case "Or":
      case "Search":
        return this.#several(
          "or",
          children.filter(({ name }) => name !== "OrWord"),
        );
      case "And":
        return this.#several(
          "and",
          children.filter(({ name }) => name !== "AndWord"),
        );
      case "Not": {
        const negated = children[0]?.name === "NotWord";
        const part = children.at(-1) as SyntaxNode;
        if (!negated) return this.read(part);
        const inner = this.#nested(part);
        return inner === null ? null : { kind: "not", part: inner };
      }
      case "Group": {
        const inner = children.find(({ name }) => name === "Or");
        return inner === undefined ? null : this.#nested(inner);
      }
      case "Comparison":
      case "List": {
        const [field, operator] = children as [SyntaxNode, SyntaxNode];
        const values = children.filter(({ name }) => valueNames.has(name)).map((child) => this.#written(child));
        const sign = operator.name === "InWord" ? "IN" : (this.#text.slice(operator.from, operator.to) as Operator);
        return {
          kind: "comparison",
          field: { ...readName(this.#text.slice(field.from, field.to)), from: field.from, to: field.to },
          operator: sign,
          operatorSpan: { from: operator.from, to: operator.to },
          values,
          from: node.from,
          to: node.to,
        };
      }
      default: {
        // Text, whose word has no node of its own unless it is of another kind.
        const child = children[0] ?? node;
        return { kind: "text", ...this.#written(child) };
      }
    }
  }
}

/**
 * The tree; null for an empty search, which matches every row.
 * @param registry used to describe the expected value where one is missing.
 */
export function parseSearch(text: string, registry?: FieldRegistry): Outcome<SearchTree | null> {
  if (text.length > maxSearchLength) {
    const message = `A search has at most ${maxSearchLength.toLocaleString("en")} characters; this one has ${text.length.toLocaleString("en")}.`;
    return { problem: { message, hint: "Split it into several.", from: maxSearchLength, to: text.length } };
  }
  const tokens = readTokens(text);
  const unclosed = tokens.tokens.some(({ name }) => name === "OpenQuote");
  if (tokens.error !== null || unclosed) {
    const expected = (name: string) => {
      const field = registry?.find(readName(name).text);
      return field == null ? undefined : expectations[field.type];
    };
    return { problem: syntaxProblem(text, tokens, tokens.error ?? { from: 0, to: 0 }, expected) };
  }
  const reader = new TreeReader(text);
  const tree = reader.read(parser.parse(text).topNode);
  if (reader.tooDeep !== null)
    return {
      problem: {
        message: `Parentheses and NOT are nested more than ${deepestSearch} deep.`,
        hint: "Simplify the search.",
        ...reader.tooDeep,
      },
    };
  if (reader.terms > maxTerms) {
    const message = `A search has at most ${maxTerms} words and values; this one has ${reader.terms}.`;
    return { problem: { message, hint: "Split it into several.", from: 0, to: text.length } };
  }
  return { value: tree };
}
