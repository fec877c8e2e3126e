/** Reads, renames and deletes the tags of a workspace. `bulk` puts them on runs and experiments. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import {
  countTags,
  countTagUses,
  findTags,
  findTagsOf,
  listTags,
  type TagRecord,
  type TagUses,
} from "@pareidolia/persistence/lab/tags/readTags";
import { deleteTag, findTagByName, lockTag, mergeTag, renameTag } from "@pareidolia/persistence/lab/tags/writeTags";
import type { SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyEverything } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { encodeGlobalId, parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { readSearch } from "../text.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import { readTag } from "../tracking/texts.ts";
import type { DeleteTagInput, RenameTagInput } from "./tag.input.ts";

const byName: CursorShape = { name: "tags.name", values: ["text"] };

export class TagService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(TagRecord | null)[]> {
    return policy.only(actor, "tag:read", await findTags(this.#database.connection, ids));
  }

  /** The tags of each run or experiment; none for everyone but members. */
  async loadOf(actor: Actor, kind: SubjectKind, ids: readonly string[]): Promise<TagRecord[][]> {
    const tags = await findTagsOf(this.#database.connection, kind, ids);
    return tags.map((rows) => rows.filter((tag) => policy.allows(actor, "tag:read", tag)));
  }

  async loadUses(actor: Actor, tags: readonly TagRecord[]): Promise<TagUses[]> {
    for (const tag of tags) policy.require(actor, "tag:read", tag);
    return countTagUses(
      this.#database.connection,
      tags.map(({ id }) => id),
    );
  }

  async list(actor: Actor, args: ConnectionArguments, search: string | null | undefined): Promise<Connection<TagRecord>> {
    const filter = { scope: policy.scope(actor, "tag:read"), search: readSearch(search) };
    const page = await listTags(this.#database.connection, filter, readPage(args, byName));
    return toConnection(
      page,
      byName,
      counterOf(this.#database, (request) => countTags(request, filter)),
    );
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT if another tag has the name and is not to be merged, or something locked has the tag. */
  async rename(actor: Actor, input: RenameTagInput): Promise<TagRecord> {
    const tag = await this.#get(actor, input.tagId);
    policy.require(actor, "tag:rename", tag);
    const scope = policy.scope(actor, "tag:rename");
    const name = readTag(input.name, "input.name");
    const stays = await this.#database.transaction(async ({ connection }) => {
      const stored = await lockTag(connection, tag.id);
      if (stored === null) throw missing();
      const { runCount, experimentCount } = await this.#refuseLocked(connection, tag);
      if (name === stored.name) return tag.id;
      await requireUnchanged(connection, { ...scope, subjectId: tag.id }, [
        { field: "name", stored: stored.name, wanted: name, previous: input.previousName ?? undefined },
      ]);
      const taken = await findTagByName(connection, scope, name);
      if (taken !== null && !input.merge) throw new AppError("CONFLICT", `There is a tag "${name}" already.`, { field: "input.name" });
      if (taken === null) await renameTag(connection, { id: tag.id, name });
      else await mergeTag(connection, { id: tag.id, intoId: taken.id });
      await notifyEverything(connection, scope);
      const subject = { subjectType: "Tag", subjectId: tag.id, subjectName: name };
      const change =
        taken === null
          ? { before: { name: stored.name }, after: { name } }
          : { before: { name: stored.name, runCount, experimentCount }, after: { mergedInto: name } };
      await appendAuditEntry(connection, actor, { action: "tag:rename", ...subject, ...change });
      return taken?.id ?? tag.id;
    });
    return this.#get(actor, encodeGlobalId("Tag", stays));
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT if something locked has the tag. */
  async delete(actor: Actor, input: DeleteTagInput): Promise<{ readonly tag: TagRecord; readonly uses: TagUses }> {
    const tag = await this.#get(actor, input.tagId);
    policy.require(actor, "tag:delete", tag);
    const scope = policy.scope(actor, "tag:delete");
    const uses = await this.#database.transaction(async ({ connection }) => {
      if ((await lockTag(connection, tag.id)) === null) throw missing();
      const counted = await this.#refuseLocked(connection, tag);
      await deleteTag(connection, tag.id);
      await notifyEverything(connection, scope);
      const { runCount, experimentCount } = counted;
      const before = { name: tag.name, runCount, experimentCount };
      const subject = { subjectType: "Tag", subjectId: tag.id, subjectName: tag.name };
      await appendAuditEntry(connection, actor, { action: "tag:delete", ...subject, before, after: null });
      return counted;
    });
    return { tag, uses };
  }

  async #refuseLocked(connection: Database["connection"], tag: TagRecord): Promise<TagUses> {
    const [uses] = await countTagUses(connection, [tag.id]);
    if (uses === undefined) throw missing();
    if (uses.lockedCount > 0)
      throw new AppError("CONFLICT", `Locked runs or experiments (${uses.lockedCount}) have the tag "${tag.name}". Unlock them first.`);
    return uses;
  }

  async #get(actor: Actor, reference: string): Promise<TagRecord> {
    const [tag] = await this.load(actor, [parseIdOf("Tag", reference, "input.tagId")]);
    if (tag == null) throw missing();
    return tag;
  }
}

function missing(): AppError {
  return new AppError("NOT_FOUND", "There is no such tag.", { field: "input.tagId" });
}
