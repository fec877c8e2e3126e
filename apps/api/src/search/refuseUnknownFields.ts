/** Refuses a search for a parameter or metric that no run of the workspace has, and suggests the nearest name. */
import { AppError } from "@pareidolia/core/appError";
import { findRecordedNames, listRecordedNames } from "@pareidolia/persistence/lab/search/recordedNames";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import { allParameters } from "@pareidolia/search/fields/parameterFields";
import { recordedNames } from "@pareidolia/search/fields/recordedFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { type NamedRecordedField, namedRecordedFields, unknownRecordedField } from "@pareidolia/search/namedRecordedFields";
import type { SearchProblem } from "@pareidolia/search/searchTree";

/** Number of known names that are searched for the nearest one. */
const maxSuggested = 500;

const ofMethods = [...new Set(allParameters.map(({ name }) => name))];

/** The problem of the first field of each search that no run has; null for a search without one. */
export async function findUnknownFields(
  connection: Connection,
  scope: Scope,
  searches: readonly string[],
): Promise<(SearchProblem | null)[]> {
  const named = searches.map((text) => namedRecordedFields(text, runFields));
  const keys = (key: "parameter" | "metric") => [...new Set(named.flat().flatMap(({ field }) => field[key] ?? []))];
  const wanted = { parameters: keys("parameter"), metrics: keys("metric") };
  if (wanted.parameters.length + wanted.metrics.length === 0) return searches.map(() => null);
  const found = await findRecordedNames(connection, { scope, ...wanted });
  const isKnown = ({ field: { parameter, metric } }: NamedRecordedField) =>
    metric === undefined ? found.parameters.has(parameter ?? "") : found.metrics.has(metric);
  const unknown = named.map((fields) => fields.find((each) => !isKnown(each)) ?? null);
  if (unknown.every((each) => each === null)) return unknown.map(() => null);
  const listed = await listRecordedNames(connection, { scope, pattern: "%", except: [], most: maxSuggested });
  const known = [...listed.map(({ source, name }) => recordedNames[source](name)), ...ofMethods.map(recordedNames.parameter)];
  return unknown.map((each) => (each === null ? null : unknownRecordedField(each, known)));
}

/** @throws AppError INVALID_INPUT naming `field`, with the place of the unknown name. */
export async function refuseUnknownFields(
  connection: Connection,
  scope: Scope,
  { text, field = "search" }: { readonly text: string | null | undefined; readonly field?: string },
): Promise<void> {
  const [problem] = await findUnknownFields(connection, scope, [text ?? ""]);
  if (problem == null) return;
  const { from, to, message, hint } = problem;
  throw new AppError("INVALID_INPUT", `${message} ${hint}`, { field, place: { from, to, hint } });
}
