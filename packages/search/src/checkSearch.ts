/** Checks the fields, operators and values of a search; the first problem has its position and a suggested fix. */
import type { CheckedSearch, CheckedValue } from "./checkedSearch.ts";
import type { FieldRegistry, FieldType, SearchField } from "./fields/field.ts";
import { recordedNames } from "./fields/recordedFields.ts";
import { writeValue } from "./formatSearch.ts";
import { nearestName } from "./nearestName.ts";
import { parseSearch } from "./parseSearch.ts";
import { readValue } from "./readValue.ts";
import type { Comparison, Operator, Outcome, SearchTree } from "./searchTree.ts";

export const operatorsOf: Readonly<Record<FieldType, readonly Operator[]>> = {
  number: ["=", "!=", "<", "<=", ">", ">=", "IN"],
  date: ["=", "!=", "<", "<=", ">", ">="],
  text: ["=", "!=", "~", "IN"],
  choice: ["=", "!=", "IN"],
  person: ["=", "!=", "IN"],
  tag: ["=", "!=", "~", "IN"],
  flag: ["=", "!="],
  mixed: ["=", "!=", "<", "<=", ">", ">=", "~", "IN"],
};

export interface CheckOptions {
  readonly registry: FieldRegistry;
  /** In milliseconds since 1970, for ages such as -7d. */
  readonly now: number;
}

function unknownField({ field }: Comparison, registry: FieldRegistry): Outcome<never> {
  const { noun, fields } = registry;
  const near = nearestName(
    field.text,
    fields.flatMap(({ name, aliases }) => [name, ...aliases]),
  );
  const others = fields.slice(0, 8).map(({ name }) => name);
  const [parameter, metric] = [recordedNames.parameter(field.text), recordedNames.metric(field.text)];
  const isRecordable = registry.find(metric) !== null;
  const more = isRecordable ? ` A parameter of that name is \`${writeValue(parameter)}\`, a metric \`${writeValue(metric)}\`.` : "";
  const hint = near === null ? `Fields of ${noun} are ${others.join(", ")} and others.${more}` : `Did you mean \`${near}\`?`;
  return { problem: { from: field.from, to: field.to, message: `Unknown field \`${field.text}\`.`, hint } };
}

function checkComparison(comparison: Comparison, { registry, now }: CheckOptions): Outcome<CheckedSearch> {
  const field: SearchField | null = registry.find(comparison.field.text);
  if (field === null) return unknownField(comparison, registry);
  const { operator } = comparison;
  const allowed = operatorsOf[field.type];
  if (!allowed.includes(operator)) {
    const message = `\`${field.name}\` cannot be compared with \`${operator}\`.`;
    return { problem: { ...comparison.operatorSpan, message, hint: `Use one of ${allowed.join(" ")}.` } };
  }
  const values: CheckedValue[] = [];
  for (const written of comparison.values) {
    const { value, problem } = readValue(field, operator, written, now);
    if (problem !== undefined) return { problem };
    values.push(value);
  }
  return { value: { kind: "comparison", field, operator, values } };
}

function checkTree(tree: SearchTree, options: CheckOptions): Outcome<CheckedSearch> {
  if (tree.kind === "text") return { value: { kind: "text", text: tree.text } };
  if (tree.kind === "comparison") return checkComparison(tree, options);
  if (tree.kind === "not") {
    const { value, problem } = checkTree(tree.part, options);
    return problem === undefined ? { value: { kind: "not", part: value } } : { problem };
  }
  const parts: CheckedSearch[] = [];
  for (const part of tree.parts) {
    const { value, problem } = checkTree(part, options);
    if (problem !== undefined) return { problem };
    parts.push(value);
  }
  return { value: { kind: tree.kind, parts } };
}

/** The search, ready for SQL; null if it has no condition. */
export function checkSearch(text: string, options: CheckOptions): Outcome<CheckedSearch | null> {
  const { value, problem } = parseSearch(text, options.registry);
  if (problem !== undefined) return { problem };
  return value === null ? { value: null } : checkTree(value, options);
}
