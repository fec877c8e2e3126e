/** Reads, previews and changes the retention rules of a workspace. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { runKinds } from "@pareidolia/core/runKinds/registry";
import type { RunState } from "@pareidolia/core/runState";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import { previewRetention, type RetentionFigures } from "@pareidolia/persistence/lab/retention/applyRetention";
import {
  daysRange,
  type RetentionConditions,
  type RetentionRuleRecord,
  statesOf,
} from "@pareidolia/persistence/lab/retention/retentionRule";
import {
  changeRetentionRule,
  createRetentionRule,
  deleteRetentionRule,
  findRetentionRules,
  listRetentionRules,
} from "@pareidolia/persistence/lab/retention/retentionRules";
import { countRetentionItems } from "@pareidolia/persistence/lab/retention/selectRetained";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import { checkText, readIdempotencyKey } from "../text.ts";
import { readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import type { ChangeRetentionRuleInput, CreateRetentionRuleInput, RetentionRuleInput } from "./retentionRule.input.ts";

const maxListed = 500;
const maxTagLength = 40;

export interface RetentionPreview extends RetentionFigures {
  readonly itemCount: number;
}

const none = { states: [], kinds: [], archived: null, withoutTag: null, keepPinned: true } as const;

/** @throws AppError INVALID_INPUT, naming a field under `field`. */
function readConditions(rule: RetentionRuleInput, field: string): RetentionConditions {
  const { action, days } = rule;
  const { least, most } = daysRange;
  if (days < least || days > most) throw new AppError("INVALID_INPUT", `Give ${least} to ${most} days.`, { field: `${field}.days` });
  if (action === "DELETE_TRASHED") {
    const given = (["states", "kinds", "archived", "withoutTag", "keepPinned"] as const).find((name) => rule[name] != null);
    if (given !== undefined)
      throw new AppError("INVALID_INPUT", "A rule for the trash has no conditions but its days.", { field: `${field}.${given}` });
    return { action, days, ...none };
  }
  const states = (rule.states ?? []) as RunState[];
  const wrong = states.find((state) => !statesOf[action].includes(state));
  if (wrong !== undefined)
    throw new AppError("INVALID_INPUT", `This rule is for runs that are ${statesOf[action].join(", ")}, not ${wrong}.`, {
      field: `${field}.states`,
    });
  const kinds = rule.kinds ?? [];
  const unknown = kinds.find((kind) => !runKinds.some(({ id }) => id === kind));
  if (unknown !== undefined)
    throw new AppError("INVALID_INPUT", "There is no such kind of run. `runKinds` lists all kinds.", { field: `${field}.kinds` });
  const tag = checkText(rule.withoutTag ?? "", { field: `${field}.withoutTag`, label: "A tag", longest: maxTagLength }).toLowerCase();
  return {
    action,
    days,
    states: [...new Set(states)],
    kinds: [...new Set(kinds)],
    archived: rule.archived ?? null,
    withoutTag: tag === "" ? null : tag,
    keepPinned: rule.keepPinned ?? true,
  };
}

function conditionsOf({ action, days, states, kinds, archived, withoutTag, keepPinned }: RetentionConditions): RetentionConditions {
  return { action, days, states, kinds, archived, withoutTag, keepPinned };
}

export class RetentionRuleService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(RetentionRuleRecord | null)[]> {
    return policy.only(actor, "retentionRule:read", await findRetentionRules(this.#database.connection, ids));
  }

  async list(actor: Actor): Promise<RetentionRuleRecord[]> {
    return listRetentionRules(this.#database.connection, policy.scope(actor, "retentionRule:read"));
  }

  /** Of a rule that need not be stored. @throws AppError INVALID_INPUT. */
  async preview(actor: Actor, rule: RetentionRuleInput): Promise<RetentionPreview> {
    return this.#preview(actor, readConditions(rule, "rule"));
  }

  previewOf(actor: Actor, rule: RetentionRuleRecord): Promise<RetentionPreview> {
    policy.require(actor, "retentionRule:read", rule);
    return this.#preview(actor, rule);
  }

  async #preview(actor: Actor, rule: RetentionConditions): Promise<RetentionPreview> {
    const { workspaceId } = policy.scope(actor, "retentionRule:read");
    const { heavy } = this.#database;
    const figures = await previewRetention(heavy, { workspaceId, rule, limit: maxListed });
    const itemCount = figures.items.length < maxListed ? figures.items.length : await countRetentionItems(heavy, { workspaceId, rule });
    return { ...figures, itemCount };
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN; CONFLICT for too many rules. */
  async create(actor: Actor, input: CreateRetentionRuleInput): Promise<RetentionRuleRecord> {
    policy.requireInWorkspace(actor, "retentionRule:create");
    const conditions = readConditions(input.rule, "input.rule");
    const enabled = input.enabled ?? false;
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const { workspaceId, userId: createdById } = actor;
    const id = await this.#database.transaction(async (transaction) => {
      const rule = await createRetentionRule(transaction, { ...conditions, workspaceId, createdById, enabled, idempotencyKey });
      const subject = { action: "retentionRule:create", subjectType: "RetentionRule", subjectId: rule.id };
      if (rule.created)
        await appendAuditEntry(transaction.connection, actor, { ...subject, before: null, after: { ...conditions, enabled } });
      return rule.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN. */
  async change(actor: Actor, input: ChangeRetentionRuleInput): Promise<RetentionRuleRecord> {
    policy.requireInWorkspace(actor, "retentionRule:change");
    const rule = await this.#getByReference(actor, input.ruleId);
    await this.#database.transaction(async (transaction) => {
      const { connection } = transaction;
      await lockFieldsOf(connection, rule.id);
      const [stored] = await findRetentionRules(connection, [rule.id]);
      if (stored == null) throw new AppError("NOT_FOUND", "There is no such retention rule.");
      const conditions = readPrevious(input.rule, (given) => readConditions(given, "input.rule")) ?? conditionsOf(stored);
      const enabled = input.enabled ?? stored.enabled;
      await requireUnchanged(connection, { workspaceId: rule.workspaceId, subjectId: rule.id }, [
        {
          field: "rule",
          stored: conditionsOf(stored),
          wanted: conditions,
          previous: readPrevious(input.previousRule, (given) => readConditions(given, "input.previousRule")),
          show: (shown: RetentionConditions) => (shown.action === "DELETE_TRASHED" ? { action: shown.action, days: shown.days } : shown),
          auditedAs: "days",
        },
        { field: "enabled", stored: stored.enabled, wanted: enabled, previous: input.previousEnabled ?? undefined },
      ]);
      await changeRetentionRule(transaction, rule.id, { ...conditions, enabled });
      await appendAuditEntry(transaction.connection, actor, {
        action: "retentionRule:change",
        subjectType: "RetentionRule",
        subjectId: rule.id,
        before: { ...conditionsOf(stored), enabled: stored.enabled },
        after: { ...conditions, enabled },
      });
    });
    return this.#get(actor, rule.id);
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN. */
  async delete(actor: Actor, reference: string): Promise<RetentionRuleRecord> {
    policy.requireInWorkspace(actor, "retentionRule:delete");
    const rule = await this.#getByReference(actor, reference);
    await this.#database.transaction(async (transaction) => {
      await deleteRetentionRule(transaction, rule.id);
      await appendAuditEntry(transaction.connection, actor, {
        action: "retentionRule:delete",
        subjectType: "RetentionRule",
        subjectId: rule.id,
        before: { ...conditionsOf(rule), enabled: rule.enabled },
        after: null,
      });
    });
    return rule;
  }

  async #getByReference(actor: Actor, reference: string): Promise<RetentionRuleRecord> {
    const field = "input.ruleId";
    const [rule] = await this.load(actor, [parseIdOf("RetentionRule", reference, field)]);
    if (rule == null) throw new AppError("NOT_FOUND", "There is no such retention rule.", { field });
    return rule;
  }

  async #get(actor: Actor, id: string): Promise<RetentionRuleRecord> {
    const [rule] = await this.load(actor, [id]);
    if (rule == null) throw new AppError("NOT_FOUND", "There is no such retention rule.");
    return rule;
  }
}
