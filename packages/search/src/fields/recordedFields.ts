/**
 * Fields that cannot be listed in advance: `param.NAME` is the parameter NAME of runs, and `metric.NAME` a metric of imported runs. NAME
 * is case-sensitive. Any name is valid; only the database knows which of them runs have.
 */
import { fieldOf, type SearchField } from "./field.ts";

/** In characters, without the prefix. */
export const maxRecordedNameLength = 200;

/** Postgres stores neither NUL characters nor unpaired surrogates. */
const unstorable = /\0|\p{Surrogate}/u;

export const recordedNames = {
  parameter: (name: string): string => `param.${name}`,
  metric: (name: string): string => `metric.${name}`,
};

const recorded = { isGroupable: true, isRecorded: true, mayBeMissing: true };

/** The field of a parameter. Its values may be numbers in some runs and text in others. */
function ofParameter(name: string): SearchField {
  const description = `Parameter \`${name}\` of runs.`;
  return fieldOf({ ...recorded, name: recordedNames.parameter(name), type: "mixed", label: name, description, parameter: name });
}

function ofMetric(name: string): SearchField {
  const description = `Metric \`${name}\` of imported runs.`;
  return fieldOf({ ...recorded, name: recordedNames.metric(name), type: "number", label: name, description, metric: name });
}

/**
 * Null if the text is not such a name.
 * @param known the field of a parameter of our methods, whose type is known.
 */
export function recordedField(text: string, known: (parameter: string) => SearchField | undefined): SearchField | null {
  const [, prefix, name] = /^(param|metric)\.(.+)$/is.exec(text) ?? [];
  if (prefix === undefined || name === undefined || name.length > maxRecordedNameLength || unstorable.test(name)) return null;
  return prefix.toLowerCase() === "metric" ? ofMetric(name) : (known(name) ?? ofParameter(name));
}
