/** Parses the value of a comparison by the type of its field. */
import type { CheckedValue } from "./checkedSearch.ts";
import type { SearchField } from "./fields/field.ts";
import { writeValue } from "./formatSearch.ts";
import { nearestName } from "./nearestName.ts";
import type { Outcome, Written } from "./searchTree.ts";

const hour = 3_600_000;
const day = 24 * hour;
const units: Readonly<Record<string, number>> = { h: hour, d: day, w: 7 * day, m: 30 * day, y: 365 * day };

const fail = (written: Written, message: string, hint: string | null): Outcome<CheckedValue> => ({
  problem: { from: written.from, to: written.to, message, hint },
});

const isOrder = (operator: string): boolean => operator.startsWith("<") || operator.startsWith(">");

/**
 * A day, minute, second or millisecond (UTC) as a period; null if the date does not exist. With < or >, a time of day means its first
 * moment, so `> 19:09` includes the rest of that minute.
 */
function readPeriod(text: string, operator: string): { from: number; to: number } | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?:(:\d{2})(\.\d{1,3})?)?Z?)?$/i.exec(text);
  if (match === null) return null;
  const [, date = "", minute, second, fraction] = match;
  const from = Date.parse(`${date}T${minute ?? "00:00"}${second ?? ":00"}${fraction ?? ""}Z`);
  // Date.parse turns 31 November into 1 December. Postgres has no year 0.
  if (Number.isNaN(from) || !new Date(from).toISOString().startsWith(date) || date.startsWith("0000")) return null;
  if (minute === undefined) return { from, to: from + day };
  const length = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { from, to: isOrder(operator) ? from : from + length };
}

function readDate(written: Written, operator: string, now: number): Outcome<CheckedValue> {
  const { text } = written;
  const age = /^-(\d+)([hdwmy])$/.exec(text);
  const at = age === null ? null : now - Number(age[1]) * (units[age[2] as string] as number);
  // Three thousand years ago is before all rows, and within what Postgres stores.
  if (at !== null) return { value: { kind: "period", from: Math.max(at, -62e12), to: Math.max(at, -62e12) } };
  const today = Math.floor(now / day) * day;
  if (/^today$/i.test(text)) return { value: { kind: "period", from: today, to: today + day } };
  if (/^yesterday$/i.test(text)) return { value: { kind: "period", from: today - day, to: today } };
  const period = readPeriod(text, operator);
  if (period !== null) return { value: { kind: "period", ...period } };
  return fail(written, `\`${text}\` is not a date.`, "Write a day such as 2026-11-01, today, or an age such as -7d (h, d, w, m or y).");
}

function readNumber(field: SearchField, written: Written, operator: string): Outcome<CheckedValue> {
  const { prefix } = field;
  const text = prefix !== undefined && written.text.toUpperCase().startsWith(prefix) ? written.text.slice(prefix.length) : written.text;
  const number = parseNumber(text);
  if (number !== null) return { value: { kind: "number", number } };
  const example = prefix === undefined ? "" : ` or a key such as ${prefix}12`;
  return fail(
    written,
    `Expected a number after \`${operator}\`.`,
    `\`${field.name}\` is a number; write one such as 0.99 or 1e-3${example}.`,
  );
}

const numberPattern = /^(-?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?(%?)$/i;

/** Null if the text is not a finite number. */
function parseNumber(text: string): number | null {
  const match = numberPattern.exec(text);
  // 99.9% is the number closest to 0.999, which 99.9 / 100 is not.
  const number = match === null ? Number.NaN : Number(`${match[1]}e${Number(match[2] ?? 0) - (match[3] === "%" ? 2 : 0)}`);
  return Number.isFinite(number) ? number : null;
}

/** A quoted value is always text. Numbers can be ordered, and text can be searched within. */
function readMixed(field: SearchField, written: Written, operator: string): Outcome<CheckedValue> {
  const number = written.isQuoted || operator === "~" ? null : parseNumber(written.text);
  if (number !== null) return { value: { kind: "number", number } };
  if (isOrder(operator))
    return fail(
      written,
      `Expected a number after \`${operator}\`.`,
      `Write one such as 0.99 or 1e-3, or \`${writeValue(field.name)} = ${writeValue(written.text)}\`.`,
    );
  if (!written.isQuoted && operator !== "~" && /^(true|false)$/i.test(written.text))
    return { value: { kind: "flag", flag: written.text.toLowerCase() === "true" } };
  return { value: { kind: "text", text: written.text } };
}

function readChoice(field: SearchField, written: Written): Outcome<CheckedValue> {
  const given = written.text.toLowerCase();
  const found = field.values.find(({ name, aliases = [] }) => [name, ...aliases].some((known) => known.toLowerCase() === given));
  if (found !== undefined) return { value: { kind: "text", text: found.value } };
  const names = field.values.map(({ name }) => name);
  const near = nearestName(written.text, names);
  const hint = near === null ? `Choose one of ${names.join(", ")}.` : `Did you mean \`${near}\`? Choose one of ${names.join(", ")}.`;
  return fail(written, `\`${field.name}\` has no value \`${written.text}\`.`, hint);
}

/** @param now in milliseconds since 1970, for ages. */
export function readValue(field: SearchField, operator: string, written: Written, now: number): Outcome<CheckedValue> {
  const text = written.text.toLowerCase();
  if (!written.isQuoted && text === "none" && (field.mayBeMissing || field.type === "text")) {
    if (operator === "=" || operator === "!=" || operator === "IN") return { value: { kind: "none" } };
    return fail(written, "`none` cannot be compared by size.", "Use `= none` or `!= none`.");
  }
  switch (field.type) {
    case "number":
      return readNumber(field, written, operator);
    case "date": {
      const read = readDate(written, operator, now);
      const isInstant = read.value?.kind === "period" && read.value.from === read.value.to;
      if (isInstant && ["=", "!=", "IN"].includes(operator))
        return fail(written, "An age is an exact moment, which no date equals.", `Write \`${field.name} > ${written.text}\`.`);
      return read;
    }
    case "choice":
      return readChoice(field, written);
    case "flag": {
      if (text === "true" || text === "yes") return { value: { kind: "flag", flag: true } };
      if (text === "false" || text === "no") return { value: { kind: "flag", flag: false } };
      return fail(written, `\`${field.name}\` is true or false.`, `Write \`${field.name} = true\`.`);
    }
    case "mixed":
      return readMixed(field, written, operator);
    case "person":
      return { value: !written.isQuoted && text === "me" ? { kind: "me" } : { kind: "text", text: written.text } };
    default:
      return { value: { kind: "text", text: written.text } };
  }
}
