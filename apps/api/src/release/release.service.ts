/** Requests, cancels, lists and opens releases of studies. */
import { Readable } from "node:stream";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import {
  findReleaseParts,
  findReleases,
  findReleasesOfStudy,
  type ReleaseRecord,
} from "@pareidolia/persistence/files/releases/readReleases";
import { cancelRelease, createReleaseOnce } from "@pareidolia/persistence/files/releases/writeReleases";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { type QuotaDefaults, requireStorage } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { readParts } from "../archives/readParts.ts";
import type { OpenedArchive } from "../archives/sendArchive.ts";
import { parseIdOf, studyKey } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";
import { readIdempotencyKey } from "../text.ts";
import { readDescription } from "./readDescription.ts";
import type { CancelReleaseInput, MakeReleaseInput } from "./release.input.ts";

interface ReleaseServiceOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly studies: StudyService;
  readonly quotas: QuotaDefaults;
}

export class ReleaseService {
  readonly #database: Database;
  readonly #queue: Pick<Queue, "enqueue">;
  readonly #objectStore: Pick<ObjectStore, "get">;
  readonly #studies: StudyService;
  readonly #quotas: QuotaDefaults;

  constructor({ database, queue, objectStore, studies, quotas }: ReleaseServiceOptions) {
    this.#database = database;
    this.#queue = queue;
    this.#objectStore = objectStore;
    this.#studies = studies;
    this.#quotas = quotas;
  }

  /** In the order of `ids`; null for a release that is unknown or hidden from the actor. */
  async load(actor: Actor, ids: readonly string[]): Promise<(ReleaseRecord | null)[]> {
    return policy.only(actor, "release:inspect", await findReleases(this.#database.connection, ids));
  }

  /** Latest first. @throws AppError FORBIDDEN. */
  listOfStudy(actor: Actor, study: StudyRecord): Promise<ReleaseRecord[]> {
    policy.require(actor, "release:inspect", study);
    return findReleasesOfStudy(this.#database.connection, study.id);
  }

  /** @throws AppError INVALID_INPUT naming the field; CONFLICT as `createReleaseOnce`, and for a draft; QUOTA_EXCEEDED; FORBIDDEN. */
  async make(actor: Actor, input: MakeReleaseInput): Promise<ReleaseRecord> {
    const study = await this.#studies.getByReference(actor, input.studyId, "input.studyId");
    policy.requireOwn(actor, "release:make", study);
    await requireInspection(this.#database.connection, actor, study);
    if (study.planText === null) throw new AppError("CONFLICT", "This study is a draft, and has no votes yet.", { field: "input.studyId" });
    requireConsent(study.planText, input.consentVersion);
    const description = readDescription(input, new Date().toISOString().slice(0, 10));
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    await requireStorage(this.#database.connection, { workspaceId: actor.workspaceId, defaults: this.#quotas });
    const { version } = description;
    const id = await this.#database.transaction(async (transaction) => {
      const row = { studyId: study.id, createdById: actor.userId, version, description: { ...description } as object, idempotencyKey };
      const release = await createReleaseOnce(transaction, row);
      if (!release.created) return release.id;
      await this.#queue.enqueue(transaction.executor, "makeRelease", { releaseId: release.id });
      await appendAuditEntry(transaction.connection, actor, {
        action: "release:make",
        ...subjectOf(release.id, study, version),
        before: null,
        after: { version, consentVersion: input.consentVersion, studyState: study.state },
      });
      return release.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; CONFLICT for a release that has ended. */
  async cancel(actor: Actor, input: CancelReleaseInput): Promise<ReleaseRecord> {
    const release = await this.#get(actor, parseIdOf("Release", input.releaseId, "input.releaseId"));
    policy.requireOwn(actor, "release:cancel", release);
    const [study] = await this.#studies.load(actor, [release.studyId]);
    if (study == null) throw new AppError("NOT_FOUND", "There is no such study.", { field: "input.releaseId" });
    await this.#database.transaction(async (transaction) => {
      await cancelRelease(transaction, release.id);
      await appendAuditEntry(transaction.connection, actor, {
        action: "release:cancel",
        ...subjectOf(release.id, study, release.version),
        before: { state: release.state },
        after: { state: "CANCELLED" },
      });
    });
    return this.#get(actor, release.id);
  }

  /** @throws AppError NOT_FOUND for an unknown release and one that is not made yet; FORBIDDEN. */
  async open(actor: Actor, { reference, number }: { readonly reference: string; readonly number: number }): Promise<OpenedArchive> {
    const study = await this.#studies.getByReference(actor, reference, "study");
    policy.require(actor, "release:download", study);
    await requireInspection(this.#database.connection, actor, study);
    const releases = await findReleasesOfStudy(this.#database.connection, study.id);
    const release = releases.find((each) => each.number === number);
    if (release?.sha256 == null || release.byteLength === null || release.endedAt === null)
      throw new AppError("NOT_FOUND", `${studyKey(study.number)} has no release ${number} to download.`);
    const parts = await findReleaseParts(this.#database.connection, release.id);
    const { id, version, sha256, byteLength, endedAt } = release;
    return {
      sha256,
      byteLength,
      endedAt,
      contentType: "application/zip",
      fileName: `${studyKey(study.number)}-${version}.zip`,
      read: (range) => Readable.from(readParts(this.#objectStore, parts, range), { objectMode: false }),
      noteDownload: () =>
        this.#database.transaction((transaction) =>
          appendAuditEntry(transaction.connection, actor, {
            action: "release:download",
            ...subjectOf(id, study, version),
            before: null,
            after: { sha256 },
          }),
        ),
    };
  }

  async #get(actor: Actor, id: string): Promise<ReleaseRecord> {
    const [release] = await this.load(actor, [id]);
    if (release == null) throw new AppError("NOT_FOUND", "There is no such release.");
    return release;
  }
}

function subjectOf(releaseId: string, { number }: StudyRecord, version: string) {
  return { subjectType: "Release", subjectId: releaseId, subjectName: `${studyKey(number)} ${version}` };
}

/** @throws AppError INVALID_INPUT unless it is the version that the study's voters have accepted. */
function requireConsent(planText: string, consentVersion: number): void {
  const { version } = parseStudyPlan(JSON.parse(planText)).consent;
  if (consentVersion !== version)
    throw new AppError(
      "INVALID_INPUT",
      `The study's voters have accepted version ${version} of its consent. Check that its text permits this release, and give that version.`,
      { field: "input.consentVersion" },
    );
}
