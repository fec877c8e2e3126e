/** Creates, reads and revokes API keys. Owners manage the keys of all members, other members only their own. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  type ApiKeyRecord,
  allowMemberKeys,
  allowsMemberKeys,
  countApiKeys,
  findApiKeys,
  listApiKeys,
} from "@pareidolia/persistence/access/accounts/apiKeys";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkLine } from "../text.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import { admitted } from "../workspace/lockWorkspaceFor.ts";
import type { AllowMemberKeysInput, ApiKeyArguments, CreateApiKeyInput } from "./apiKey.input.ts";
import { endKey } from "./endKey.ts";
import { issueKey, lockForKey, mayHaveKeys, requireKeys } from "./issueKey.ts";

const byCreation: CursorShape = { name: "apiKeys.createdAt", values: ["time", "text"] };
const maxNameLength = 100;
const maxDays = 3650;
const millisecondsPerDay = 86_400_000;

export class ApiKeyService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ApiKeyRecord | null)[]> {
    const keys = policy.only(actor, "apiKey:read", await findApiKeys(this.#database.connection, ids));
    return keys.map((key) => (key !== null && this.#mayManage(actor, key) ? key : null));
  }

  async list(actor: Actor, args: ApiKeyArguments): Promise<Connection<ApiKeyRecord>> {
    const scope = policy.scope(actor, "apiKey:read");
    const filter = { scope, userId: this.#managesAll(actor) ? null : actor.userId, valid: args.filter?.valid ?? null };
    const page = await listApiKeys(this.#database.connection, filter, readPage(args, byCreation));
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countApiKeys(request, filter)),
    );
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN for a role without keys, or if only owners may have them. */
  async create(actor: Actor, input: CreateApiKeyInput): Promise<{ readonly apiKey: ApiKeyRecord; readonly secret: string }> {
    const member = await requireKeys(this.#database.connection, actor);
    const name = checkLine(input.name, { field: "input.name", label: "A name", longest: maxNameLength });
    if (name === "") throw new AppError("INVALID_INPUT", "Name the key, so that you recognise it later.", { field: "input.name" });
    if (input.scopes.length === 0) throw new AppError("INVALID_INPUT", "Give the key at least one scope.", { field: "input.scopes" });
    const grant = { name, scopes: input.scopes, expiresAt: readExpiry(input.expiresInDays) };
    const { id, secret } = await this.#database.transaction(async ({ connection }) => {
      await lockForKey(connection, member);
      return issueKey(connection, member, grant);
    });
    return { apiKey: await this.#get(actor, id), secret };
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND for a key that the actor may not see. */
  async revoke(actor: Actor, reference: string): Promise<ApiKeyRecord> {
    const key = await this.#get(actor, parseIdOf("ApiKey", reference, "input.apiKeyId"));
    policy.require(actor, "apiKey:revoke", key);
    await endKey(this.#database, actor.key?.id === key.id ? admitted(actor) : actor, key);
    return this.#get(actor, key.id);
  }

  async allowsMembers(actor: Actor, workspaceId: string): Promise<boolean> {
    policy.require(actor, "workspace:read", { workspaceId, createdById: null });
    return allowsMemberKeys(this.#database.connection, workspaceId);
  }

  async mayCreate(actor: Actor, workspaceId: string): Promise<boolean> {
    policy.require(actor, "workspace:read", { workspaceId, createdById: null });
    return mayHaveKeys(this.#database.connection, actor);
  }

  /** @throws AppError FORBIDDEN. */
  async allowMembers(actor: Actor, { allowed, previousAllowed }: AllowMemberKeysInput): Promise<void> {
    policy.requireInWorkspace(actor, "apiKey:allowMembers");
    const { workspaceId } = actor;
    await this.#database.transaction(async ({ connection }) => {
      await lockFieldsOf(connection, workspaceId);
      const stored = await allowsMemberKeys(connection, workspaceId);
      await requireUnchanged(connection, { workspaceId, subjectId: workspaceId }, [
        { field: "allowed", stored, wanted: allowed, previous: previousAllowed ?? undefined, auditedAs: "memberKeys" },
      ]);
      if (!(await allowMemberKeys(connection, workspaceId, allowed))) return;
      await appendAuditEntry(connection, actor, {
        action: "apiKey:allowMembers",
        subjectType: "Workspace",
        subjectId: workspaceId,
        before: { memberKeys: !allowed },
        after: { memberKeys: allowed },
      });
    });
  }

  async #get(actor: Actor, id: string): Promise<ApiKeyRecord> {
    const [key] = await this.load(actor, [id]);
    if (key == null) throw new AppError("NOT_FOUND", "There is no such API key.", { field: "input.apiKeyId" });
    return key;
  }

  #managesAll(actor: Actor): boolean {
    return policy.grants(actor, "apiKey:manage");
  }

  #mayManage(actor: Actor, key: ApiKeyRecord): boolean {
    return key.createdById === actor.userId || this.#managesAll(actor);
  }
}

function readExpiry(days: number | null | undefined): Date | null {
  if (days == null) return null;
  if (days < 1 || days > maxDays)
    throw new AppError("INVALID_INPUT", `A key can expire in 1 to ${maxDays} days.`, { field: "input.expiresInDays" });
  return new Date(Date.now() + days * millisecondsPerDay);
}
