/** Pins runs and experiments for the person who asks. Pins concern only that person, so they are not in the audit log. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import { addPin, countPins, findPinned, removePin } from "@pareidolia/persistence/lab/pins/pins";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { lockSubject } from "../tracking/lockSubject.ts";
import { getSubject } from "../tracking/subject.ts";

/** Of runs, and of experiments. More would not stay at the top. */
const maxPins = 100;

export interface Pinnable {
  readonly run: RunRecord | null;
  readonly experiment: ExperimentRecord | null;
}

export class PinService {
  readonly #options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService };

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService; readonly runs: RunService }) {
    this.#options = options;
  }

  /** Whether the actor has pinned each of them; false for everyone but members. */
  async loadPinned(actor: Actor, kind: SubjectKind, ids: readonly string[]): Promise<boolean[]> {
    if (actor.userId === null) return ids.map(() => false);
    return findPinned(this.#options.database.connection, { userId: actor.userId, kind, ids });
  }

  /** Idempotent. Allowed for what is locked, too. @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT for too many pins. */
  async set(actor: Actor, reference: string, pinned: boolean): Promise<Pinnable> {
    const { database, experiments, runs } = this.#options;
    policy.requireInWorkspace(actor, "pin:set");
    const subject = await getSubject(actor, { experiments, runs }, reference, "input.subjectId");
    policy.require(actor, "pin:set", subject.row);
    const scope = policy.scope(actor, "pin:set");
    const pin = { scope, userId: actor.userId, kind: subject.kind, id: subject.id };
    await database.transaction(async ({ connection }) => {
      await lockSubject(connection, scope, subject);
      if (!pinned) return removePin(connection, pin);
      await addPin(connection, pin);
      if ((await countPins(connection, pin)) > maxPins)
        throw new AppError("CONFLICT", `You have pinned ${maxPins} already. Unpin one of them first.`);
    });
    return subject.kind === "Run"
      ? { run: await runs.get(actor, subject.id), experiment: null }
      : { run: null, experiment: await experiments.getByReference(actor, reference, "input.subjectId") };
  }
}
