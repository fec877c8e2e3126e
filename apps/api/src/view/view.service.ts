/** Reads and changes saved views. Their owners and the workspace's owners change them; a private view exists for its owner only. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import {
  findDefaultViews,
  findDeletedView,
  findTagNames,
  findViews,
  findViewsByNumber,
  listViews,
  type ViewList,
  type ViewRecord,
  type ViewState,
} from "@pareidolia/persistence/lab/views/readViews";
import {
  changeView,
  createView,
  deleteView,
  removeOthersDefaults,
  restoreView,
  secondsToRestoreView,
  setDefaultView,
} from "@pareidolia/persistence/lab/views/writeViews";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import { checkSearch } from "@pareidolia/search/checkSearch";
import { missingTag, namedTags } from "@pareidolia/search/namedTags";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import { parseIdOfKeyed, parseReferenceTo } from "../globalId/globalId.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { findUnknownFields } from "../search/refuseUnknownFields.ts";
import type { SearchSubject } from "../search/search.input.ts";
import { checkLine, readIdempotencyKey } from "../text.ts";
import { readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import { readViewState, registryOfList } from "./readViewState.ts";
import type { CreateViewInput, SetDefaultViewInput, UpdateViewInput, ViewStateInput } from "./view.input.ts";

const maxNameLength = 80;

export const viewListOf: Readonly<Record<SearchSubject, ViewList>> = { runs: "RUNS", experiments: "EXPERIMENTS", images: "IMAGES" };

export class ViewService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ViewRecord | null)[]> {
    return this.#visible(actor, await findViews(this.#database.connection, ids));
  }

  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(ViewRecord | null)[]> {
    const scope = policy.scope(actor, "view:read");
    return this.#visible(actor, await findViewsByNumber(this.#database.connection, scope, numbers));
  }

  /** Your own and the shared ones, by name. */
  async list(actor: Actor, list: SearchSubject): Promise<ViewRecord[]> {
    policy.requireInWorkspace(actor, "view:read");
    const scope = policy.scope(actor, "view:read");
    return listViews(this.#database.connection, { scope, userId: actor.userId, list: viewListOf[list] });
  }

  /** What keeps the stored search from finding what it says: a field, a value or a tag that no longer exists. Null without. */
  async loadProblems(actor: Actor, views: readonly ViewRecord[]): Promise<(SearchProblem | null)[]> {
    const scope = policy.scope(actor, "view:read");
    const tags = views.map(({ list, search }) => namedTags(search, registryOfList[list]));
    const names = [...new Set(tags.flat().map(({ name }) => name))];
    const existing = names.length === 0 ? new Set<string>() : await findTagNames(this.#database.connection, scope, names);
    const searches = views.map(({ list, search }) => (registryOfList[list].noun === "runs" ? search : ""));
    const unknown = await findUnknownFields(this.#database.connection, scope, searches);
    return views.map(({ list, search }, i) => {
      const { problem } = checkSearch(search, { registry: registryOfList[list], now: Date.now() });
      return problem ?? unknown[i] ?? missingTag(tags[i] ?? [], (name) => existing.has(name));
    });
  }

  /** Whether each opens its list for the actor. */
  async loadDefaults(actor: Actor, ids: readonly string[]): Promise<boolean[]> {
    policy.requireInWorkspace(actor, "view:read");
    const scope = policy.scope(actor, "view:read");
    const defaults = await findDefaultViews(this.#database.connection, { scope, userId: actor.userId });
    return ids.map((id) => defaults.has(id));
  }

  mayEdit(actor: Actor, view: ViewRecord): boolean {
    return policy.allows(actor, "view:change", view) && isOwnerOf(actor, view);
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN; CONFLICT for too many views. */
  async create(actor: Actor, input: CreateViewInput): Promise<ViewRecord> {
    policy.requireInWorkspace(actor, "view:create");
    const scope = policy.scope(actor, "view:create");
    const list = viewListOf[input.list];
    const view = {
      list,
      name: readViewName(input.name),
      shared: input.shared,
      idempotencyKey: readIdempotencyKey(input.idempotencyKey),
      ...readViewState(input.state, list, "input.state"),
    };
    const id = await this.#database.transaction(async ({ connection }) => {
      const saved = await createView(connection, { scope, createdById: actor.userId, view });
      const { idempotencyKey: _key, ...after } = view;
      if (saved.created) await this.#log(connection, actor, "view:create", { id: saved.id, name: view.name, before: null, after });
      return saved.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; INVALID_INPUT; FORBIDDEN for a view of another member, unless the actor is an owner of the workspace. */
  async update(actor: Actor, input: UpdateViewInput): Promise<ViewRecord> {
    policy.requireInWorkspace(actor, "view:change");
    const view = await this.#getToChange(actor, "view:change", input.viewId);
    await this.#database.transaction(async ({ connection }) => {
      await lockFieldsOf(connection, view.id);
      const [stored] = await findViews(connection, [view.id]);
      if (stored == null) throw missing();
      const readState = (given: ViewStateInput) => readViewState(given, view.list, "input.state");
      const state = readPrevious(input.state, readState) ?? stateOf(stored);
      const name = readPrevious(input.name, readViewName) ?? stored.name;
      const shared = input.shared ?? stored.shared;
      await requireUnchanged(connection, { workspaceId: view.workspaceId, subjectId: view.id }, [
        { field: "name", stored: stored.name, wanted: name, previous: input.previousName ?? undefined },
        { field: "shared", stored: stored.shared, wanted: shared, previous: input.previousShared ?? undefined },
        {
          field: "state",
          stored: stateOf(stored),
          wanted: state,
          previous: readPrevious(input.previousState, readState),
          auditedAs: "search",
        },
      ]);
      if (!(await changeView(connection, view.id, { name, shared, state }))) throw missing();
      if (!shared) await removeOthersDefaults(connection, view.id, view.createdById);
      const before = { name: stored.name, shared: stored.shared, ...stateOf(stored) };
      await this.#log(connection, actor, "view:change", { id: view.id, name, before, after: { name, shared, ...state } });
    });
    return this.#get(actor, view.id);
  }

  /** @throws AppError as `update`. */
  async delete(actor: Actor, reference: string): Promise<ViewRecord> {
    policy.requireInWorkspace(actor, "view:delete");
    const view = await this.#getToChange(actor, "view:delete", reference);
    await this.#database.transaction(async ({ connection }) => {
      if (!(await deleteView(connection, view.id))) throw missing();
      const { id, name, shared } = view;
      await this.#log(connection, actor, "view:delete", { id, name, before: { name, shared, ...stateOf(view) }, after: null });
    });
    return view;
  }

  /** @throws AppError NOT_FOUND an hour after the deletion; FORBIDDEN. */
  async restore(actor: Actor, reference: string): Promise<ViewRecord> {
    policy.requireInWorkspace(actor, "view:restore");
    const id = parseIdOfKeyed("View", reference, "input.viewId");
    const view = await findDeletedView(this.#database.connection, id, new Date(Date.now() - secondsToRestoreView * 1000));
    if (view === null || !policy.allows(actor, "view:read", view) || !isVisibleTo(actor, view)) throw missing();
    requireOwnerOf(actor, view);
    await this.#database.transaction(async ({ connection }) => {
      await restoreView(connection, id);
      const { name, shared } = view;
      await this.#log(connection, actor, "view:restore", { id, name, before: null, after: { name, shared } });
    });
    return this.#get(actor, id);
  }

  /** Concerns only the actor, so it is not in the audit log. @throws AppError NOT_FOUND; INVALID_INPUT for a view of another list. */
  async setDefault(actor: Actor, input: SetDefaultViewInput): Promise<ViewRecord | null> {
    policy.requireInWorkspace(actor, "view:choose");
    const scope = policy.scope(actor, "view:choose");
    const list = viewListOf[input.list];
    const view = input.viewId == null ? null : await this.#getByReference(actor, input.viewId);
    if (view !== null && view.list !== list)
      throw new AppError("INVALID_INPUT", "This is a view of another list.", { field: "input.viewId" });
    const change = { scope, userId: actor.userId, list, viewId: view?.id ?? null };
    await this.#database.transaction(({ connection }) => setDefaultView(connection, change));
    return view;
  }

  #visible(actor: Actor, rows: readonly (ViewRecord | null)[]): (ViewRecord | null)[] {
    return policy.only(actor, "view:read", rows).map((view) => (view !== null && isVisibleTo(actor, view) ? view : null));
  }

  #log(
    connection: SqlConnection,
    actor: MemberActor,
    action: MemberAction,
    { id, name, before, after }: { id: string; name: string; before: object | null; after: object | null },
  ): Promise<unknown> {
    return appendAuditEntry(connection, actor, {
      action,
      subjectType: "View",
      subjectId: id,
      subjectName: name,
      before: before as Record<string, unknown> | null,
      after: after as Record<string, unknown> | null,
    });
  }

  async #getToChange(actor: Actor, action: "view:change" | "view:delete", reference: string): Promise<ViewRecord> {
    const view = await this.#getByReference(actor, reference);
    policy.require(actor, action, view);
    requireOwnerOf(actor, view);
    return view;
  }

  async #getByReference(actor: Actor, text: string): Promise<ViewRecord> {
    const reference = parseReferenceTo("View", text, "input.viewId");
    const [view] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (view == null) throw missing();
    return view;
  }

  async #get(actor: Actor, id: string): Promise<ViewRecord> {
    const [view] = await this.load(actor, [id]);
    if (view == null) throw missing();
    return view;
  }
}

const stateOf = ({ search, columns, groupBy, sort }: ViewRecord): ViewState => ({ search, columns, groupBy, sort });

const isVisibleTo = (actor: Actor, { shared, createdById }: ViewRecord): boolean => shared || createdById === actor.userId;

function isOwnerOf(actor: Actor, view: ViewRecord): boolean {
  return view.createdById === actor.userId || policy.allows(actor, "view:moderate", view);
}

/** @throws AppError FORBIDDEN. */
function requireOwnerOf(actor: Actor, view: ViewRecord): asserts actor is MemberActor {
  if (!isOwnerOf(actor, view))
    throw new AppError(
      "FORBIDDEN",
      "Only the member who saved a view and the owners of the workspace may change it. Save it as a new one.",
    );
}

function readViewName(text: string): string {
  const name = checkLine(text, { field: "input.name", label: "A name", longest: maxNameLength });
  if (name === "") throw new AppError("INVALID_INPUT", "Give the view a name.", { field: "input.name" });
  return name;
}

function missing(): AppError {
  return new AppError("NOT_FOUND", "There is no such view.", { field: "input.viewId" });
}
