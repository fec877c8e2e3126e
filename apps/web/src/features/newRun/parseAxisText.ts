/**
 * Reads the values of a sweep's axis as people type them: `0.1, 0.2, 0.4`, or a range such as `0.01…1 log ×5` (also `0.01..1 log x5`). Values
 * that are lists, such as classes, are separated by semicolons: `0 1; 2 3`.
 */
import type { SweepAxisInput, SweepRangeInput } from "../../graphql/generated/graphql.ts";

export interface AxisField {
  /** Field of the run's input, or `parameters.` and the name of a parameter. */
  readonly path: string;
  readonly label: string;
  readonly kind: "number" | "integer" | "boolean" | "choice" | "list" | "image";
  /** Of a choice: what may be typed, with the value that it stands for. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Of a number: the allowed values. */
  readonly minimum?: number;
  readonly maximum?: number;
}

export type AxisReading = { readonly axis: SweepAxisInput } | { readonly problem: string };

const number = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?";
const rangePattern = new RegExp(`^(${number})\\s*(?:…|\\.{2,3}|–)\\s*(${number})(?:\\s+(log|linear))?(?:\\s*[x×*]\\s*(\\d+))?$`, "i");

/** An example of what may be typed. */
export function axisExample({ kind, choices }: AxisField): string {
  if (kind === "choice")
    return Object.keys(choices ?? {})
      .slice(0, 3)
      .join(", ");
  if (kind === "boolean") return "true, false";
  if (kind === "list") return "0 1 2; 3 4 5";
  if (kind === "image") return "IDs of images or photos";
  return kind === "integer" ? "100, 200, 400 or 1…10 ×4" : "0.1, 0.2, 0.4 or 0.01…1 log ×5";
}

function rangeProblem({ minimum, maximum }: AxisField, value: number): string | null {
  if (minimum !== undefined && value < minimum) return `${value} is below ${minimum}.`;
  if (maximum !== undefined && value > maximum) return `${value} is above ${maximum}.`;
  return null;
}

function readRange(field: AxisField, match: RegExpExecArray, isGrid: boolean): AxisReading {
  const [, fromText, toText, scale, countText] = match;
  const [from, to] = [Number(fromText), Number(toText)];
  if (from >= to) return { problem: `A range begins with its lowest value: ${toText}…${fromText}.` };
  const outside = rangeProblem(field, from) ?? rangeProblem(field, to);
  if (outside !== null) return { problem: outside };
  const isLog = scale?.toLowerCase() === "log";
  if (isLog && from <= 0) return { problem: "A logarithmic range begins above 0." };
  if (countText === undefined && isGrid) return { problem: `Add the number of values, such as ${fromText}…${toText} ×5.` };
  const count = countText === undefined ? null : Number(countText);
  if (count !== null && count < 2) return { problem: "A range has at least 2 values." };
  const range: SweepRangeInput = { from, to, scale: field.kind === "integer" ? "INTEGER" : isLog ? "LOG" : "LINEAR", count };
  return { axis: { path: field.path, range } };
}

function readValue(field: AxisField, text: string): { readonly value: unknown } | { readonly problem: string } {
  if (field.kind === "choice") {
    const value = field.choices?.[text];
    return value === undefined ? { problem: `“${text}” is not one of ${Object.keys(field.choices ?? {}).join(", ")}.` } : { value };
  }
  if (field.kind === "boolean")
    return text === "true" || text === "false" ? { value: text === "true" } : { problem: "Type true or false." };
  if (field.kind === "image") return text === "" ? { problem: "An ID is missing between two commas." } : { value: text };
  if (field.kind === "list") {
    const values = text
      .split(/[\s,]+/)
      .filter((part) => part !== "")
      .map(Number);
    return values.every((value) => Number.isFinite(value)) ? { value: values } : { problem: `“${text}” is not a list of numbers.` };
  }
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return { problem: `“${text}” is not a number.` };
  if (field.kind === "integer" && !Number.isInteger(value)) return { problem: `${text} is not a whole number.` };
  const problem = rangeProblem(field, value);
  return problem === null ? { value } : { problem };
}

/** @param isGrid Whether a range needs its number of values. */
export function parseAxisText(field: AxisField, text: string, isGrid: boolean): AxisReading {
  const trimmed = text.trim();
  if (trimmed === "") return { problem: `Type its values, such as ${axisExample(field)}.` };
  const isNumeric = field.kind === "number" || field.kind === "integer";
  const range = isNumeric ? rangePattern.exec(trimmed) : null;
  if (range !== null) return readRange(field, range, isGrid);
  const parts = trimmed.split(field.kind === "list" ? ";" : ",").map((part) => part.trim());
  const values: unknown[] = [];
  for (const part of parts) {
    const reading = readValue(field, part);
    if ("problem" in reading) return reading;
    if (values.some((value) => JSON.stringify(value) === JSON.stringify(reading.value))) return { problem: `${part} is listed twice.` };
    values.push(reading.value);
  }
  return { axis: { path: field.path, values } };
}
