/** Reads a search, its columns and its order. A problem becomes INVALID_INPUT with its place in the text. */

import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { SearchReader } from "@pareidolia/persistence/lab/search/fieldSql";
import type { ColumnOrder } from "@pareidolia/persistence/lab/search/sortedPage";
import type { Direction } from "@pareidolia/persistence/server/database/keyset";
import type { CheckedSearch } from "@pareidolia/search/checkedSearch";
import { checkSearch } from "@pareidolia/search/checkSearch";
import type { FieldRegistry, SearchField } from "@pareidolia/search/fields/field";
import { nearestName } from "@pareidolia/search/nearestName";
import { policy } from "../policy/policy.ts";
import { isStorable } from "../text.ts";
import type { ColumnOrderInput } from "./search.input.ts";

/** The member who searches. @throws AppError as the policy, if the actor may not search the workspace. */
export function readerOf(actor: MemberActor): SearchReader {
  return { scope: policy.scope(actor, "search:read"), userId: actor.userId, readsRecognition: policy.grants(actor, "study:inspect") };
}

/** @throws AppError INVALID_INPUT naming `field`. */
export function refuseUnstorable(text: string, field = "search"): void {
  if (!isStorable(text)) throw new AppError("INVALID_INPUT", "The search contains a character that cannot be stored.", { field });
}

/** Null for a search that every row matches. @throws AppError INVALID_INPUT naming `field` for a problem in the text. */
export function readSearchText(text: string | null | undefined, registry: FieldRegistry, field = "search"): CheckedSearch | null {
  const given = text ?? "";
  refuseUnstorable(given, field);
  const { value, problem } = checkSearch(given, { registry, now: Date.now() });
  if (problem === undefined) return value;
  const { from, to, message, hint } = problem;
  throw new AppError("INVALID_INPUT", hint === null ? message : `${message} ${hint}`, { field, place: { from, to, hint } });
}

/** @throws AppError INVALID_INPUT naming the argument for an unknown column, or one that the use does not permit. */
export function readColumn(
  name: string,
  options: { readonly registry: FieldRegistry; readonly field: string; readonly verb: string; allows(column: SearchField): boolean },
): SearchField {
  const { registry, field, verb, allows } = options;
  const found = registry.find(name);
  if (found !== null && allows(found)) return found;
  const near = nearestName(
    name,
    registry.fields.filter(allows).map((column) => column.name),
  );
  const problem = found === null ? `Unknown column \`${name}\`.` : `${capitalised(registry.noun)} cannot be ${verb} \`${found.name}\`.`;
  const hint = near === null || near === name ? "" : ` Did you mean \`${near}\`?`;
  throw new AppError("INVALID_INPUT", `${problem}${hint}`, { field });
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

interface EitherOrder<Field> {
  readonly field?: Field | null;
  readonly column?: string | null;
  readonly direction: Direction;
}

export type SplitOrder<Field> =
  | { readonly by: "field"; readonly order: { readonly field: Field; readonly direction: Direction } | null }
  | { readonly by: "column"; readonly order: ColumnOrderInput };

/** What a list is ordered by; a field that is null for its default order. @throws AppError INVALID_INPUT without one, or with both. */
export function splitOrder<Field>(orderBy: EitherOrder<Field> | null | undefined): SplitOrder<Field> {
  if (orderBy == null) return { by: "field", order: null };
  const { field, column, direction } = orderBy;
  if ((field == null) === (column == null))
    throw new AppError("INVALID_INPUT", 'Order by either "field" or "column".', { field: "orderBy" });
  return column == null ? { by: "field", order: { field: field as Field, direction } } : { by: "column", order: { column, direction } };
}

/** The same order by a column; null for the default. @throws AppError INVALID_INPUT as `splitOrder`. */
export function columnOrderOf<Field extends string>(
  orderBy: EitherOrder<Field> | null | undefined,
  columns: Readonly<Record<Field, string>>,
): ColumnOrderInput | null {
  const split = splitOrder(orderBy);
  if (split.by === "column") return split.order;
  if (split.order === null) return null;
  const { field, direction } = split.order;
  return { column: columns[field], direction };
}

/** @throws AppError INVALID_INPUT naming `orderBy.column`. */
export function readSort(sort: ColumnOrderInput | null | undefined, registry: FieldRegistry, fallback: string): ColumnOrder {
  const allows = ({ isSortable }: SearchField) => isSortable;
  const field = readColumn(sort?.column ?? fallback, { registry, field: "orderBy.column", verb: "sorted by", allows });
  return { field, direction: sort?.direction ?? "DESC" };
}
