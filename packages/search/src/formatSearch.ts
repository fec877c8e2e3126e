/** Formats a syntax tree the way all pages show it. Parsing the text gives the same tree. */
import { parseSearch } from "./parseSearch.ts";
import type { SearchTree, Written } from "./searchTree.ts";

export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

const keywords = new Set(["and", "or", "not", "in"]);

/** Adds quotes to a value or text that would otherwise be parsed differently. */
export function writeValue(text: string): string {
  const isPlain = /^[^\s"()=<>!~,\\]+$/.test(text) && !keywords.has(text.toLowerCase());
  return isPlain ? text : quote(text);
}

const written = ({ text, isQuoted }: Written): string => (isQuoted ? quote(text) : text);

const strengths = { or: 0, and: 1, not: 2, comparison: 3, text: 3 } as const;

function format(tree: SearchTree, weakest: number): string {
  const text = formatParts(tree);
  return strengths[tree.kind] < weakest ? `(${text})` : text;
}

function formatParts(tree: SearchTree): string {
  switch (tree.kind) {
    case "or":
      return tree.parts.map((part) => format(part, strengths.and)).join(" OR ");
    case "and":
      return tree.parts.map((part) => format(part, strengths.not)).join(" AND ");
    case "not":
      return `NOT ${format(tree.part, strengths.not)}`;
    case "text":
      return written(tree);
    case "comparison":
      return tree.operator === "IN"
        ? `${written(tree.field)} IN (${tree.values.map(written).join(", ")})`
        : `${written(tree.field)} ${tree.operator} ${tree.values.map(written).join("")}`;
  }
}

export function formatTree(tree: SearchTree | null): string {
  return tree === null ? "" : format(tree, strengths.or);
}

/** Joins two searches by AND, with parentheses where needed. An invalid search is not changed. */
export function joinSearches(first: string, second: string): string {
  const texts = [first, second].map((text) => text.trim()).filter((text) => text !== "");
  if (texts.length < 2) return texts[0] ?? "";
  return texts.map((text) => (parseSearch(text).value?.kind === "or" ? `(${text})` : text)).join(" AND ");
}
