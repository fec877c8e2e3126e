/** Creates studies, edits their drafts, opens them with a locked plan, and ends them. */
import { randomInt } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { StudyAccess, StudyImageRole, StudyState } from "@pareidolia/core/studyState";
import { refuseProblems } from "@pareidolia/perception/planProblem";
import type { DraftImage } from "@pareidolia/perception/study/planStudy";
import { draftFromTemplate, parseStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { listAuditEntries } from "@pareidolia/persistence/access/audit/readAuditEntries";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import {
  countInsiderVotes,
  countStudies,
  countStudyVoters,
  findStudies,
  findStudiesByNumber,
  listStudies,
  type StudyRecord,
  type StudyVoters,
} from "@pareidolia/persistence/studies/studies/readStudies";
import {
  changeImageDetails,
  copyStudyImages,
  countImagesOfStudies,
  countStudyImages,
  findPreviewImages,
  findStudyImages,
  listStudyImages,
  type StudyImageRecord,
} from "@pareidolia/persistence/studies/studies/studyImages";
import {
  changeStudyState,
  createStudyOnce,
  deleteDraft,
  draftChanged,
  editDraft,
  openStudy,
} from "@pareidolia/persistence/studies/studies/writeStudies";
import { parseReferenceTo } from "../globalId/globalId.ts";
import type { ImageService } from "../image/image.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { checkLine, readIdempotencyKey, readSearch } from "../text.ts";
import { changedFields, describes, findChangedDetails, redraws } from "./draftChanges.ts";
import { type DrawnImages, drawStudyImages } from "./drawStudyImages.ts";
import { mayInspect, requireInspection } from "./inspection.ts";
import { checkDraftInSteps, lockedText, openingOf, type StudyOpening } from "./opening.ts";
import { readDraft } from "./readDraft.ts";
import { readDraftReferences } from "./readDraftReferences.ts";
import {
  type ChangeStudyStateInput,
  type CreateStudyInput,
  type EditStudyInput,
  type ForkStudyInput,
  maxChosen,
  type OpenStudyInput,
  type StudyFilter,
} from "./study.input.ts";
import { writeDrawnImages } from "./writeDrawnImages.ts";

const byCreation: CursorShape = { name: "studies.createdAt", values: ["time", "text"] };
const byIndex: CursorShape = { name: "studyImages.index", values: ["integer"] };
const maxTitleLength = 120;
const maxRuns = 50;
const usualTemplate = "zhouFirestoneE1";
const previewedImages = 3;
/** ARCHIVED studies are listed only on request. */
const usualStates: readonly StudyState[] = ["DRAFT", "OPEN", "PAUSED", "CLOSED"];

interface StudyServiceOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly photos: PhotoService;
  readonly runs: RunService;
  readonly images: ImageService;
}

export class StudyService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #photos: PhotoService;
  readonly #runs: RunService;
  readonly #images: ImageService;

  constructor(options: StudyServiceOptions) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#photos = options.photos;
    this.#runs = options.runs;
    this.#images = options.images;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(StudyRecord | null)[]> {
    return policy.only(actor, "study:read", await findStudies(this.#database.connection, ids));
  }

  /** By key number, within the actor's workspace. */
  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(StudyRecord | null)[]> {
    const scope = policy.scope(actor, "study:read");
    return findStudiesByNumber(this.#database.connection, { scope, numbers });
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<StudyRecord> {
    const reference = parseReferenceTo("Study", text, field);
    const [study] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (study == null) throw new AppError("NOT_FOUND", "There is no such study.", { field });
    return study;
  }

  async list(actor: Actor, args: ConnectionArguments, filter: StudyFilter | null | undefined): Promise<Connection<StudyRecord>> {
    const scope = policy.scope(actor, "study:read");
    const states = (filter?.states ?? usualStates) as readonly StudyState[];
    // Scopes belong to members and signed-in people; without a user, no image is assigned.
    const awaitedBy = filter?.awaitingSender === true ? (actor.userId ?? "") : undefined;
    const conditions = { scope, states, search: readSearch(filter?.search), awaitedBy };
    const page = await listStudies(this.#database.connection, { filter: conditions, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countStudies(request, conditions)),
    );
  }

  async countVoters(actor: Actor, ids: readonly string[]): Promise<StudyVoters[]> {
    const visible = await this.load(actor, ids);
    const counts = await countStudyVoters(this.#database.connection, ids);
    return counts.map((count, index) => (visible[index] == null ? { ...count, voters: 0, finished: 0 } : count));
  }

  /** Counted votes of insiders; 0 for a study that the actor may not read. */
  async countInsiderVotes(actor: Actor, ids: readonly string[]): Promise<number[]> {
    const visible = await this.load(actor, ids);
    const votes = await countInsiderVotes(this.#database.connection, ids);
    return votes.map((count, index) => (visible[index] == null ? 0 : count));
  }

  /** SHA-256 of the first images of each study; none of a study that the actor may not read. */
  async previewImages(actor: Actor, ids: readonly string[]): Promise<string[][]> {
    const visible = await this.load(actor, ids);
    const found = await findPreviewImages(this.#database.connection, { studyIds: ids, limit: previewedImages });
    return found.map((images, index) => (visible[index] == null ? [] : images));
  }

  mayEdit(actor: Actor, study: StudyRecord): boolean {
    return policy.allows(actor, "study:edit", study);
  }

  /** For each study, whether the actor may read its labels, plan and results. */
  mayInspect(actor: Actor, studies: readonly StudyRecord[]): Promise<boolean[]> {
    return mayInspect(this.#database.connection, actor, studies);
  }

  /** The images of one role, in the plan's order. @throws AppError FORBIDDEN. */
  async listImages(
    actor: Actor,
    study: StudyRecord,
    {
      role,
      indices,
      ...args
    }: ConnectionArguments & { readonly role: StudyImageRole; readonly indices?: readonly number[] | null | undefined },
  ): Promise<Connection<StudyImageRecord>> {
    await requireInspection(this.#database.connection, actor, study);
    if (indices != null && indices.length > maxChosen)
      throw new AppError("INVALID_INPUT", `Name at most ${maxChosen} images by their places.`, { field: "indices" });
    const ofRole = { studyId: study.id, role, indices: indices ?? undefined };
    const page = await listStudyImages(this.#database.connection, { ...ofRole, page: readPage(args, byIndex) });
    return toConnection(
      page,
      byIndex,
      counterOf(this.#database, (request) => countStudyImages(request, ofRole)),
    );
  }

  async create(actor: Actor, input: CreateStudyInput): Promise<StudyRecord> {
    policy.requireInWorkspace(actor, "study:create");
    const title = readTitle(input.title, "input.title");
    const runs = await this.#readRuns(actor, input.runIds ?? []);
    const images = await this.#readImages(actor, input.imageIds ?? []);
    const initial = draftFromTemplate(input.template ?? usualTemplate, randomInt(2 ** 31));
    const draft: StudyDraft = { ...initial, selection: { ...initial.selection, runs, images } };
    const drawn = await this.#draw(actor, draft);
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const { workspaceId, userId: createdById } = actor;
    const id = await this.#database.transaction(async (transaction) => {
      const row = { workspaceId, createdById, title, access: "MEMBERS" as const, draft: toJson(draft), forkedFromId: null, idempotencyKey };
      const study = await createStudyOnce(transaction, row);
      if (!study.created) return study.id;
      await writeDrawnImages(transaction, study.id, drawn);
      const entry = { action: "study:create", subjectType: "Study", subjectId: study.id, subjectName: title };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before: null, after: { title, template: draft.template } });
      return study.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError CONFLICT if the draft has changed since, or the study was opened. */
  async edit(actor: Actor, input: EditStudyInput): Promise<StudyRecord> {
    const study = await this.getByReference(actor, input.studyId, "input.studyId");
    policy.require(actor, "study:edit", study);
    requireDraft(study);
    requireRevision(study, input.revision);
    const title = input.title == null ? study.title : readTitle(input.title, "input.title");
    const access = (input.access ?? study.access) as StudyAccess;
    const before = parseStudyDraft(study.draft);
    const draft = input.draft == null ? before : await this.#readDraft(actor, input.draft);
    const drawn = redraws(before, draft) ? await this.#draw(actor, draft) : null;
    const described =
      drawn === null && describes(before, draft) ? await findChangedDetails(this.#database.connection, study.id, draft) : [];
    await this.#database.transaction(async (transaction) => {
      await editDraft(transaction, { studyId: study.id, revision: input.revision, title, access, draft: toJson(draft) });
      if (drawn !== null) await writeDrawnImages(transaction, study.id, drawn);
      await changeImageDetails(transaction, study.id, described);
      const changes = changedFields({ ...before, title: study.title, access: study.access }, { ...draft, title, access });
      await appendAuditEntry(transaction.connection, actor, { action: "study:edit", ...subjectOf(study), ...changes });
    });
    return this.#get(actor, study.id);
  }

  /** Locks the plan. @throws AppError INVALID_INPUT naming what the plan lacks; CONFLICT as `edit`. */
  async open(actor: Actor, input: OpenStudyInput): Promise<StudyRecord> {
    const study = await this.getByReference(actor, input.studyId, "input.studyId");
    policy.require(actor, "study:open", study);
    requireDraft(study);
    requireRevision(study, input.revision);
    const { plan, problems } = await checkDraftInSteps(parseStudyDraft(study.draft), await this.planInput(actor, study));
    refuseProblems(problems);
    const { text, hash } = lockedText(plan, input.planHash);
    await this.#database.transaction(async (transaction) => {
      await openStudy(transaction, { studyId: study.id, revision: input.revision, access: study.access, plan: { text, hash } });
      const entry = { action: "study:open", ...subjectOf(study), before: { state: study.state }, after: { state: "OPEN", planHash: hash } };
      await appendAuditEntry(transaction.connection, actor, entry);
    });
    return this.#get(actor, study.id);
  }

  /** Whether a draft can open, and at what cost; null for a study that was opened. */
  async opening(actor: Actor, study: StudyRecord): Promise<StudyOpening | null> {
    await requireInspection(this.#database.connection, actor, study);
    if (study.state !== "DRAFT") return null;
    return openingOf(parseStudyDraft(study.draft), study.access, await this.planInput(actor, study));
  }

  /** What the plan of a study is made of, besides its draft. */
  async planInput(actor: Actor, study: StudyRecord): Promise<{ seed: number; images: DraftImage[]; classNames: readonly string[] }> {
    policy.require(actor, "study:inspect", study);
    const { connection } = this.#database;
    const images = await findStudyImages(connection, study.id);
    const modelId = images.find(({ role, modelId: own }) => role === "COUNTED" && own !== null)?.modelId;
    const [model] = await findModels(connection, modelId == null ? [] : [modelId]);
    return { seed: study.seed, images: images.map(toDraftImage), classNames: model?.labels ?? [] };
  }

  /** Pauses, resumes, closes, archives or restores. @throws AppError CONFLICT for a state that does not follow. */
  async changeState(actor: Actor, input: ChangeStudyStateInput): Promise<StudyRecord> {
    const study = await this.getByReference(actor, input.studyId, "input.studyId");
    policy.require(actor, "study:changeState", study);
    const to = input.state as StudyState;
    if (to === study.state) return study;
    await this.#database.transaction(async (transaction) => {
      await changeStudyState(transaction, { studyId: study.id, to });
      const entry = { action: "study:changeState", ...subjectOf(study), before: { state: study.state }, after: { state: to } };
      await appendAuditEntry(transaction.connection, actor, entry);
    });
    return this.#get(actor, study.id);
  }

  /** A new draft with the rules, images and access of any study. */
  async fork(actor: Actor, input: ForkStudyInput): Promise<StudyRecord> {
    const study = await this.getByReference(actor, input.studyId, "input.studyId");
    await requireInspection(this.#database.connection, actor, study);
    policy.requireInWorkspace(actor, "study:create");
    const title = input.title == null ? study.title : readTitle(input.title, "input.title");
    const { workspaceId, userId: createdById } = actor;
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const id = await this.#database.transaction(async (transaction) => {
      const draft = toJson(parseStudyDraft(study.draft));
      const row = { workspaceId, createdById, title, access: study.access, draft, forkedFromId: study.id, idempotencyKey };
      const created = await createStudyOnce(transaction, row);
      if (!created.created) return created.id;
      await copyStudyImages(transaction, { from: study.id, to: created.id });
      const entry = { action: "study:create", subjectType: "Study", subjectId: created.id, subjectName: title };
      await appendAuditEntry(transaction.connection, actor, {
        ...entry,
        before: null,
        after: { title, forkedFrom: `STU-${study.number}` },
      });
      return created.id;
    });
    return this.#get(actor, id);
  }

  /** Deletes a draft. @throws AppError CONFLICT for a study that was opened. */
  async delete(actor: Actor, reference: string): Promise<StudyRecord> {
    const study = await this.getByReference(actor, reference, "input.studyId");
    policy.require(actor, "study:delete", study);
    requireDraft(study);
    await this.#database.transaction(async (transaction) => {
      await deleteDraft(transaction, study.id);
      const entry = { action: "study:delete", ...subjectOf(study), before: { title: study.title }, after: null };
      await appendAuditEntry(transaction.connection, actor, entry);
    });
    return study;
  }

  /** The runs of the rule by which images are drawn, in its order; null for one that was deleted. */
  async selectedRuns(actor: Actor, study: StudyRecord): Promise<(RunRecord | null)[]> {
    policy.require(actor, "study:inspect", study);
    return this.#runs.load(actor, parseStudyDraft(study.draft).selection.runs);
  }

  /** Counted images of each study; 0 for one that the actor may not read. */
  async countImages(actor: Actor, ids: readonly string[]): Promise<number[]> {
    const visible = await this.load(actor, ids);
    const counts = await countImagesOfStudies(this.#database.connection, ids);
    return counts.map((count, index) => (visible[index] == null ? 0 : count));
  }

  /** ID of the user who did this to the study last, from the audit log; null for none. */
  async findLastActor(actor: Actor, study: StudyRecord, actions: readonly string[]): Promise<string | null> {
    policy.require(actor, "study:inspect", study);
    const filter = { scope: policy.scope(actor, "study:inspect"), actions, subject: { type: "Study", id: study.id } };
    const page = await listAuditEntries(this.#database.connection, filter, { limit: 1, backward: false, after: null, before: null });
    return page.rows[0]?.node.createdById ?? null;
  }

  async #readDraft(actor: Actor, document: unknown): Promise<StudyDraft> {
    const findRunIds = async (numbers: readonly number[]): Promise<(string | null)[]> =>
      (await this.#runs.loadByNumber(actor, numbers)).map((run) => run?.id ?? null);
    return readDraftReferences(readDraft(document), { findRunIds });
  }

  #draw(actor: Actor, draft: StudyDraft): Promise<DrawnImages> {
    const { connection } = this.#database;
    return drawStudyImages({ actor, connection, objectStore: this.#objectStore, photos: this.#photos }, draft);
  }

  async #readRuns(actor: Actor, references: readonly string[]): Promise<string[]> {
    const field = "input.runIds";
    if (references.length > maxRuns) throw new AppError("INVALID_INPUT", `Choose at most ${maxRuns} runs.`, { field });
    const runs = await Promise.all(references.map((reference) => this.#runs.getByReference(actor, reference, field)));
    return [...new Set(runs.map(({ id }) => id))];
  }

  async #readImages(actor: Actor, references: readonly string[]): Promise<string[]> {
    const field = "input.imageIds";
    if (references.length > maxChosen) throw new AppError("INVALID_INPUT", `Choose at most ${maxChosen} images by hand.`, { field });
    const images = await this.#images.getByReferences(actor, references, field);
    return [...new Set(images.map(({ sha256 }) => sha256))];
  }

  async #get(actor: Actor, id: string): Promise<StudyRecord> {
    const [study] = await this.load(actor, [id]);
    if (study == null) throw new AppError("NOT_FOUND", "There is no such study.");
    return study;
  }
}

function subjectOf({ id, number }: StudyRecord): { subjectType: string; subjectId: string; subjectName: string } {
  return { subjectType: "Study", subjectId: id, subjectName: `STU-${number}` };
}

function requireDraft({ state, number }: StudyRecord): void {
  if (state !== "DRAFT")
    throw new AppError("CONFLICT", `STU-${number} is open, so its plan is locked. Fork it to change anything.`, { field: "input.studyId" });
}

/** A change is based on what was read here, so a revision that another request writes meanwhile must not pass for the one of the change. */
function requireRevision({ revision }: StudyRecord, given: number): void {
  if (revision !== given) throw draftChanged();
}

function readTitle(text: string, field: string): string {
  const title = checkLine(text, { field, label: "A title", longest: maxTitleLength });
  if (title === "") throw new AppError("INVALID_INPUT", "Give the study a title. Voters see it.", { field });
  return title;
}

/** Drops the readonly modifiers that Prisma's JSON type does not know. */
function toJson(draft: StudyDraft): object {
  return JSON.parse(JSON.stringify(draft)) as object;
}

function toDraftImage({ role, imageSha256, label, truth, runnersUp, foils, condition, group }: StudyImageRecord): DraftImage {
  return { role, image: imageSha256, label, truth, runnersUp, foils, condition, group };
}
