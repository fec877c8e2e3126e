/** The recorded fields in a search with their positions, to point out those that no run has. */
import { comparisonsIn } from "./comparisonsIn.ts";
import type { FieldRegistry, SearchField } from "./fields/field.ts";
import { writeValue } from "./formatSearch.ts";
import { nearestName } from "./nearestName.ts";
import { parseSearch } from "./parseSearch.ts";
import type { SearchProblem, Span } from "./searchTree.ts";

export interface NamedRecordedField extends Span {
  readonly field: SearchField;
}

/** In text order; empty if the search cannot be parsed. */
export function namedRecordedFields(text: string, registry: FieldRegistry): readonly NamedRecordedField[] {
  const { value } = parseSearch(text, registry);
  if (value == null) return [];
  return comparisonsIn(value).flatMap(({ field: { text: name, from, to } }) => {
    const field = registry.find(name);
    return field?.isRecorded === true ? [{ field, from, to }] : [];
  });
}

/** @param known names to suggest for a mistyped one. */
export function unknownRecordedField({ field, from, to }: NamedRecordedField, known: readonly string[]): SearchProblem {
  const noun = field.metric === undefined ? "parameter" : "metric";
  const near = nearestName(field.name, known);
  const hint =
    near === null
      ? "The names that runs have are suggested after `param.` and `metric.`, and `recordedFields` in the API lists them."
      : `Did you mean \`${writeValue(near)}\`?`;
  return { from, to, message: `No run has the ${noun} \`${field.label}\`.`, hint };
}
