/** Reports that a member has a page open, for as long as the page's subscription lasts, and who else has. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SweepRecord } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { closePage, findPresent, type OpenPage, openPage, renewPages } from "@pareidolia/persistence/workspace/presence/presence";
import type { Logger } from "pino";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseReference } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import type { SweepService } from "../sweep/sweep.service.ts";
import { tolerateOutage } from "../tolerateOutage.ts";
import { getSubject } from "../tracking/subject.ts";

/** A third of the time after which a page counts as closed. */
const millisecondsToRenew = 15_000;
/** Between two events, so that a crowd that arrives at once sends few. */
const pauseMilliseconds = 250;

export interface Presence {
  /** IDs of the other users. */
  readonly userIds: readonly string[];
}

export interface PresenceOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly changes: Followers<Bell>;
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly sweeps: SweepService;
}

export class PresenceService {
  readonly #options: PresenceOptions;
  readonly #pages = new Map<string, OpenPage>();

  constructor(options: PresenceOptions) {
    this.#options = options;
    setInterval(() => this.#renew(), millisecondsToRenew).unref();
  }

  /** The other members who have the page open: at once, and after each change. @throws AppError NOT_FOUND. */
  async follow(actor: Actor, reference: string): Promise<AsyncIterable<Presence>> {
    policy.requireInWorkspace(actor, "presence:read");
    const { connection } = this.#options.database;
    const subject = await this.#findSubject(actor, reference);
    policy.require(actor, "presence:read", subject);
    const { userId } = actor;
    const { id: subjectId, workspaceId } = subject;
    const page: OpenPage = { id: randomUUID(), workspaceId, userId, subjectId };
    const pages = this.#pages;
    return this.#options.changes.follow(subjectId, async function* (bell) {
      pages.set(page.id, page);
      try {
        await openPage(connection, page);
        while (!bell.takenDown) {
          const present = await findPresent(connection, page);
          yield { userIds: present.filter((id) => id !== userId) };
          await bell.wait();
          if (!bell.takenDown) await sleep(pauseMilliseconds);
        }
      } finally {
        pages.delete(page.id);
        await closePage(connection, page.id);
      }
    });
  }

  async #findSubject(actor: Actor, reference: string): Promise<ExperimentRecord | RunRecord | SweepRecord> {
    const field = "subjectId";
    const { type } = parseReference(reference, field);
    if (type === "Sweep") return this.#options.sweeps.getByReference(actor, reference, field);
    return (await getSubject(actor, this.#options, reference, field)).row;
  }

  /** A single failure has no effect, because pages expire after three intervals. The next renewal restores pages that expired. */
  #renew(): void {
    if (this.#pages.size === 0) return;
    const { database, logger } = this.#options;
    renewPages(database.connection, [...this.#pages.values()]).catch(tolerateOutage(logger, "Open pages could not be renewed."));
  }
}
