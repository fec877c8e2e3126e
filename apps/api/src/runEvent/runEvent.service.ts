/** Reads and follows runs' event logs. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { RunState } from "@pareidolia/core/runState";
import { countRunEvents, hasEveryEvent, listRunEvents, type RunEventRecord } from "@pareidolia/persistence/lab/runs/readRunEvents";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import type { RunEventFeed } from "./runEventFeed.ts";

const bySeq: CursorShape = { name: "runEvents.seq", values: ["integer"] };
const endedStates: readonly RunState[] = ["SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"];

export class RunEventService {
  readonly #database: Database;
  readonly #feed: RunEventFeed;
  readonly #runs: RunService;

  constructor(options: { database: Database; feed: RunEventFeed; runs: RunService }) {
    this.#database = options.database;
    this.#feed = options.feed;
    this.#runs = options.runs;
  }

  async list(actor: Actor, run: RunRecord, args: ConnectionArguments): Promise<Connection<RunEventRecord>> {
    policy.requireOwn(actor, "run:read", run);
    const { connection } = this.#database;
    const inScope = { scope: policy.scope(actor, "runEvent:read"), runId: run.id };
    const page = await listRunEvents(connection, { ...inScope, page: readPage(args, bySeq) });
    return toConnection(
      page,
      bySeq,
      counterOf(this.#database, (request) => countRunEvents(request, inScope)),
    );
  }

  async follow(actor: Actor, input: { runId: string; since: number }): Promise<AsyncIterable<RunEventRecord>> {
    if (input.since < 0) throw new AppError("INVALID_INPUT", '"since" cannot be negative.', { field: "since" });
    const run = await this.#runs.getReadable(actor, input.runId, "runId");
    policy.requireOwn(actor, "runEvent:read", run);
    await this.#requireLogged(run, input.since);
    return this.#feed.follow({ runId: run.id, since: input.since, ended: endedStates.includes(run.state) });
  }

  /** Requires that the log still has every event after `since`, so that followers miss none. @throws AppError INVALID_INPUT. */
  async #requireLogged({ id, eventSeq }: RunRecord, since: number): Promise<void> {
    const refuse = (message: string): never => {
      throw new AppError("INVALID_INPUT", message, { field: "since" });
    };
    if (since > eventSeq) refuse(`The run has ${eventSeq} events, so "since" is at most ${eventSeq}.`);
    if (since === eventSeq) return;
    if (!(await hasEveryEvent(this.#database.connection, { runId: id, after: since, until: eventSeq })))
      refuse(
        `Events after number ${since} were deleted, 30 days after the run ended. Read the run, and pass its \`eventSeq\` (${eventSeq}) as \`since\`.`,
      );
  }
}
