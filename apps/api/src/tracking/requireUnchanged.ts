/**
 * Keeps a change of a field from silently replacing another member's. Every input that writes fields takes, for each of them, the value that
 * the sender has seen: `name` has `previousName`. If another value is stored, the change is refused with that value and who stored it.
 */
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { findLastChange } from "@pareidolia/persistence/access/audit/lastChange";
import type { Connection } from "@pareidolia/persistence/server/database/database";

const labels = {
  allowed: "Who may have API keys has",
  assigneeId: "The assignee has",
  body: "The comment has",
  description: "The description has",
  enabled: "Whether the rule is applied has",
  kinds: "The events have",
  limits: "The limits have",
  name: "The name has",
  notes: "The notes have",
  paused: "Whether the webhook is paused has",
  query: "The query has",
  role: "The role has",
  rule: "The rule has",
  shared: "Whether the view is shared has",
  state: "What the view shows has",
  title: "The title has",
  url: "The address has",
  visibility: "The visibility has",
} as const;

export interface FieldChange {
  /** As the input names it. */
  readonly field: keyof typeof labels;
  readonly stored: unknown;
  /** Equal to `stored` if the input does not change the field. */
  readonly wanted: unknown;
  /** The value to replace, read as `wanted` was; undefined for any. */
  readonly previous: unknown;
  /** How the API shows a stored value. Default: as it is. */
  show?(value: never): unknown;
  /** The field in the audit log. Default: `field`. */
  readonly auditedAs?: string;
}

export interface ChangedObject {
  readonly workspaceId: string;
  /** As the audit log names it. */
  readonly subjectId: string;
}

/**
 * Call it in the transaction that writes, once the object is locked.
 * @throws AppError CONFLICT with the present value of the first field that someone else has changed
 */
export async function requireUnchanged(connection: Connection, object: ChangedObject, changes: readonly FieldChange[]): Promise<void> {
  const replaced = changes.find(
    ({ stored, wanted, previous }) => previous !== undefined && !isDeepStrictEqual(wanted, stored) && !isDeepStrictEqual(previous, stored),
  );
  if (replaced === undefined) return;
  const { field, stored, auditedAs = field } = replaced;
  const last = await findLastChange(connection, { ...object, field: auditedAs });
  throw new AppError("CONFLICT", `${labels[field]} changed meanwhile.`, {
    field: `input.${field}`,
    present: {
      field,
      value: replaced.show === undefined ? stored : replaced.show(stored as never),
      changedByName: last?.userName ?? null,
      changedAt: last?.at ?? null,
    },
  });
}

/** The value to replace, of a field that cannot be null; undefined if the input does not say. */
export function readPrevious<Text, Value>(text: Text | null | undefined, read: (text: Text) => Value): Value | undefined {
  return text == null ? undefined : read(text);
}
