/**
 * The course of every change of many runs or experiments: read the references, lock the rows in one statement, skip what is missing or locked
 * with a reason, change the rest in a fixed number of statements, notify, and append one entry to the audit log.
 */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { keyOfSubject, lockSubjects, type Subject, type SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import { parseReferenceTo } from "../globalId/globalId.ts";
import { notifyChange } from "../tracking/lockSubject.ts";
import { maxSubjects } from "../tracking/texts.ts";
import type { SkipReason } from "./bulk.type.ts";

/** A reference from the input, with what is to happen to its row. */
export interface Wanted<Value> {
  readonly reference: string;
  readonly field: string;
  readonly value: Value;
}

export interface Target<Value> {
  readonly subject: Subject;
  readonly value: Value;
}

export interface ItemResult {
  readonly reference: string;
  /** Null for a reference without a row. */
  readonly id: string | null;
  readonly skipped: SkipReason | null;
}

export interface Applied<Result> {
  /** Of the targets that were not changed, by id. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
  readonly result: Result;
  /** For the audit log. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Null if nothing has changed. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

interface BulkChange<Value, Result> {
  readonly database: Database;
  readonly actor: MemberActor;
  readonly scope: Scope;
  readonly action: string;
  readonly kind: SubjectKind;
  readonly wanted: readonly Wanted<Value>[];
  /** Gets what is neither missing nor locked. */
  apply(transaction: Transaction, targets: readonly Target<Value>[], scope: Scope): Promise<Applied<Result>>;
}

const namesInLog = 20;

/** @throws AppError INVALID_INPUT for none or too many references. */
export function checkWanted<Value>(wanted: readonly Wanted<Value>[], field: string): void {
  if (wanted.length === 0 || wanted.length > maxSubjects)
    throw new AppError("INVALID_INPUT", `Give 1 to ${maxSubjects} of them.`, { field });
}

/** A name of the rows for the audit log: "RUN-1, RUN-2 and 3 more". */
function nameAll(subjects: readonly Subject[]): string {
  const shown = subjects.slice(0, namesInLog).map(keyOfSubject).join(", ");
  return subjects.length > namesInLog ? `${shown} and ${subjects.length - namesInLog} more` : shown;
}

export async function changeMany<Value, Result>(
  change: BulkChange<Value, Result>,
): Promise<{ readonly items: readonly ItemResult[]; readonly result: Result }> {
  const { database, actor, scope, action, kind, wanted } = change;
  const parsed = wanted.map((each) => ({ ...each, parsed: parseReferenceTo(kind, each.reference, each.field) }));
  const ids = parsed.flatMap((each) => ("id" in each.parsed ? [each.parsed.id] : []));
  const numbers = parsed.flatMap((each) => ("number" in each.parsed ? [each.parsed.number] : []));
  return database.transaction(async (transaction) => {
    const { connection } = transaction;
    const subjects = await lockSubjects(connection, { scope, kind, ids, numbers });
    const byId = new Map(subjects.map((subject) => [subject.id, subject]));
    const byNumber = new Map(subjects.map((subject) => [subject.number, subject]));
    const found = parsed.map((each) => ({
      ...each,
      subject: "id" in each.parsed ? byId.get(each.parsed.id) : byNumber.get(each.parsed.number),
    }));
    if (subjects.length === 0)
      throw new AppError("NOT_FOUND", kind === "Run" ? "There are no such runs." : "There are no such experiments.");
    const seen = new Set<string>();
    for (const { subject, field } of found) {
      if (subject === undefined) continue;
      if (seen.has(subject.id)) throw new AppError("INVALID_INPUT", `${keyOfSubject(subject)} is given twice.`, { field });
      seen.add(subject.id);
    }
    const targets = found.flatMap(({ subject, value }) => (subject === undefined || subject.lockedAt !== null ? [] : [{ subject, value }]));
    const { skipped, result, before, after } = await change.apply(transaction, targets, scope);
    const changed = targets.flatMap(({ subject }) => (skipped.has(subject.id) ? [] : [subject]));
    const [first] = changed;
    if (first !== undefined && after !== null) {
      await notifyChange(
        connection,
        scope,
        kind,
        changed.map(({ id }) => id),
      );
      const subject = { subjectType: kind, subjectId: first.id, subjectName: nameAll(changed) };
      await appendAuditEntry(connection, actor, { action, ...subject, before, after });
    }
    const items = found.map(({ reference, subject }): ItemResult => {
      if (subject === undefined) return { reference, id: null, skipped: "NOT_FOUND" };
      return { reference, id: subject.id, skipped: subject.lockedAt === null ? (skipped.get(subject.id) ?? null) : "LOCKED" };
    });
    return { items, result };
  });
}

/** Groups rows that have the same value, in the order of their first row. */
export function groupByValue<Value>(
  rows: readonly { readonly id: string; readonly value: Value }[],
): { readonly ids: string[]; readonly value: Value }[] {
  const groups = new Map<string, { readonly ids: string[]; readonly value: Value }>();
  for (const { id, value } of rows) {
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { ids: [], value };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
