/**
 * Completes a search at the cursor with fields, operators, values or connectives. Where values are in the database, it names their field.
 */
import { operatorsOf } from "./checkSearch.ts";
import type { FieldRegistry, SearchField } from "./fields/field.ts";
import { writeValue } from "./formatSearch.ts";
import { readName } from "./readName.ts";
import { readTokens, type Token } from "./readTokens.ts";
import type { Span } from "./searchTree.ts";

export interface CompletionItem {
  /** Text in the list. */
  readonly label: string;
  /** Text that replaces the span. */
  readonly insert: string;
  readonly description: string;
}

export interface Completion extends Span {
  readonly kind: "field" | "operator" | "value" | "connective";
  /** The field whose operator or value is being typed; null otherwise. */
  readonly field: SearchField | null;
  /** The part of it that has been typed, without quotes. */
  readonly typed: string;
  readonly items: readonly CompletionItem[];
  /** Whether the database has more values: tags, people, models. */
  readonly hasStoredValues: boolean;
  /** Whether the database has more fields: recorded parameters and metrics. */
  readonly hasStoredFields: boolean;
}

const storedTypes = new Set(["tag", "person", "text", "mixed"]);

const item = (label: string, insert: string, description = ""): CompletionItem => ({ label, insert, description });

/** Lists matches at the start first, then matches elsewhere. */
function matching(items: readonly CompletionItem[], typed: string): CompletionItem[] {
  const lower = typed.toLowerCase();
  const starts = items.filter(({ label }) => label.toLowerCase().startsWith(lower));
  return [...starts, ...items.filter(({ label }) => !label.toLowerCase().startsWith(lower) && label.toLowerCase().includes(lower))];
}

function fieldItems({ fields }: FieldRegistry): CompletionItem[] {
  return [...fields.map(({ name, description }) => item(name, `${name} `, description)), item("NOT", "NOT ", "Rows that do not match")];
}

function valueItems(field: SearchField): CompletionItem[] {
  const items = field.values.map(({ name, description = "" }) => item(name, `${writeValue(name)} `, description));
  if (field.type === "person") items.push(item("me", "me ", "You"));
  if (field.type === "flag") items.push(item("true", "true "), item("false", "false "));
  if (field.type === "date") {
    items.push(item("today", "today "), item("-7d", "-7d ", "Seven days ago"), item("-24h", "-24h ", "24 hours ago"));
    items.push(item("-4w", "-4w ", "Four weeks ago"));
  }
  if (field.mayBeMissing) items.push(item("none", "none ", "No value"));
  return items;
}

const connectives = [item("AND", "AND ", "Both conditions"), item("OR", "OR ", "At least one condition")];

interface Before {
  readonly tokens: readonly Token[];
  /** The start of what is being typed. */
  readonly from: number;
  readonly typed: string;
}

function readBefore(text: string, cursor: number): Before {
  const before = text.slice(0, cursor);
  const all = readTokens(before).tokens;
  const open = all.at(-1);
  if (open?.name === "OpenQuote") return { tokens: all.slice(0, -1), from: open.from, typed: before.slice(open.from + 1) };
  const typed = /[^\s"()=<>!~,]*$/.exec(before)?.[0] ?? "";
  const from = cursor - typed.length;
  return { tokens: readTokens(before.slice(0, from)).tokens, from, typed };
}

/** The field whose list of values is still open at the end of the tokens; null outside of lists. */
function fieldOfOpenList(tokens: readonly Token[], text: string): string | null {
  const open = tokens.findLastIndex(({ name }) => name === "Open" || name === "Close");
  const field = tokens[open - 2];
  if (tokens[open]?.name !== "Open" || tokens[open - 1]?.name !== "InWord" || field === undefined) return null;
  return readName(text.slice(field.from, field.to)).text;
}

export function completeSearch(text: string, cursor: number, registry: FieldRegistry): Completion {
  const { tokens, from, typed } = readBefore(text, cursor);
  const span = { from, to: cursor };
  const last = tokens.at(-1);
  const wordOf = (token: Token | undefined) => (token === undefined ? "" : readName(text.slice(token.from, token.to)).text);
  const completed = (kind: Completion["kind"], field: SearchField | null, items: readonly CompletionItem[]): Completion => ({
    ...span,
    kind,
    field,
    typed,
    items: matching(items, typed),
    hasStoredValues: kind === "value" && field !== null && storedTypes.has(field.type),
    hasStoredFields: kind === "field" && registry.noun === "runs",
  });
  const listed = fieldOfOpenList(tokens, text);
  const isInList = listed !== null && (last?.name === "Open" || last?.name === "Comma");
  if (last?.name === "Operator" || isInList) {
    const field = registry.find(isInList ? listed : wordOf(tokens.at(-2)));
    return completed("value", field, field === null ? [] : valueItems(field));
  }
  const isStart = last === undefined || ["AndWord", "OrWord", "NotWord", "Open"].includes(last.name);
  if (isStart) return completed("field", null, fieldItems(registry));
  const field =
    last.within === "Text" || last.name === "Word" || last.name === "Name" || last.name === "Quoted" ? registry.find(wordOf(last)) : null;
  const isFieldWord = field !== null && tokens.at(-2)?.name !== "Operator" && listed === null;
  if (isFieldWord && typed === "")
    return completed(
      "operator",
      field,
      operatorsOf[field.type].map((sign) => item(sign, sign === "IN" ? "IN (" : `${sign} `)),
    );
  return completed("connective", null, listed === null ? [...connectives, ...(typed === "" ? [] : fieldItems(registry))] : []);
}
