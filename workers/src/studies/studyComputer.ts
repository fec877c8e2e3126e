/**
 * Computes the results of studies from their votes in the database. Votes are read voter by voter, only those of voters who changed since
 * the last time, and the statistics run in a thread of their own.
 */
import { Worker } from "node:worker_threads";
import { AppError } from "@pareidolia/core/appError";
import { readTiming } from "@pareidolia/perception/study/results/studyData";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findVoterStates, findVotersWithVotes, type VoterWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import type { ComputedResults, ResultSource } from "@pareidolia/persistence/studies/studies/studyResults";
import type { FromResultThread, ToResultThread, VoterVotes } from "./resultMessages.ts";

/** When run from sources, the thread resolves this repository's packages to their sources as well. */
const fromSource = import.meta.url.endsWith(".ts");
const threadFile = new URL(fromSource ? "resultThread.ts" : "resultThread.js", import.meta.url);
const threadFlags = fromSource ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [];

const votersAtOnce = 100;
/** Studies whose votes stay in the thread's memory; a million votes take a few hundred megabytes. */
const maxStudies = 4;

interface Waiting {
  readonly resolve: (computed: ComputedResults) => void;
  readonly reject: (error: AppError) => void;
}

interface KnownStudy {
  readonly planHash: string;
  /** By number. */
  readonly states: Map<number, string>;
}

export class StudyComputer {
  #thread: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  /** In order of use. */
  readonly #known = new Map<string, KnownStudy>();
  /** The last computation of each study: two at once would mix their votes. */
  readonly #last = new Map<string, Promise<unknown>>();
  #nextId = 0;

  /**
   * The results of all kinds, of the study's present votes, and those of them that other pages show.
   * @throws AppError CORRUPT_DATA for votes that do not fit the plan, UNAVAILABLE if the thread stops or `close` is called.
   */
  compute(connection: Connection, source: ResultSource): Promise<ComputedResults> {
    const { studyId } = source;
    const last = this.#last.get(studyId);
    const computing = last === undefined ? this.#compute(connection, source) : last.then(() => this.#compute(connection, source));
    const ended = computing
      .catch(() => undefined)
      .finally(() => {
        if (this.#last.get(studyId) === ended) this.#last.delete(studyId);
      });
    this.#last.set(studyId, ended);
    return computing;
  }

  async #compute(connection: Connection, source: ResultSource): Promise<ComputedResults> {
    const { studyId, planText, planHash, images, coded } = source;
    let study = this.#known.get(studyId);
    if (study?.planHash !== planHash) {
      study = { planHash, states: new Map() };
      this.#send({ kind: "plan", studyId, planText });
    }
    this.#remember(studyId, study);
    try {
      await this.#update(connection, studyId, study);
      // A thread that stopped took the votes with it.
      if (this.#known.get(studyId) !== study) throw stopped("the thread has stopped");
      return await this.#request({ kind: "compute", studyId, others: { images, coded } });
    } catch (error) {
      // The next computation starts again with the plan.
      this.#forget(studyId);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  async #update(connection: Connection, studyId: string, { states }: KnownStudy): Promise<void> {
    const present = await findVoterStates(connection, studyId);
    const numbers = new Set(present.map(({ number }) => number));
    const removed = [...states.keys()].filter((number) => !numbers.has(number));
    this.#send({ kind: "voters", studyId, voters: [], removed });
    for (const number of removed) states.delete(number);
    const changed = present.filter(({ number, state }) => states.get(number) !== state).map(({ number }) => number);
    for (let from = 0; from < changed.length; from += votersAtOnce) {
      const voters = await findVotersWithVotes(connection, { studyId, numbers: changed.slice(from, from + votersAtOnce) });
      this.#send({ kind: "voters", studyId, voters: voters.map(voterVotes), removed: [] });
      for (const { number, state } of voters) states.set(number, state);
    }
  }

  #remember(studyId: string, study: KnownStudy): void {
    this.#known.delete(studyId);
    this.#known.set(studyId, study);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= maxStudies) break;
      this.#forget(oldest);
    }
  }

  #forget(studyId: string): void {
    this.#known.delete(studyId);
    this.#send({ kind: "forget", studyId });
  }

  #request(message: Omit<Extract<ToResultThread, { kind: "compute" }>, "id">): Promise<ComputedResults> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#send({ ...message, id });
    });
  }

  /** A plan starts the thread; other messages are lost without one, as is what they are about. */
  #send(message: ToResultThread): void {
    if (message.kind === "plan") this.#thread ??= this.#start();
    this.#thread?.postMessage(message);
  }

  #start(): Worker {
    const thread = new Worker(threadFile, { execArgv: threadFlags });
    // An idle thread does not keep the process alive.
    thread.unref();
    const lose = (message: string, cause?: unknown): void => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#known.clear();
      const error = new AppError("UNAVAILABLE", `The results of the study were not computed: ${message}. They will be tried again.`, {
        cause,
      });
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    thread.on("message", (message: FromResultThread) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.kind === "computed") waiting?.resolve({ results: message.results, recognition: message.recognition });
      else waiting?.reject(new AppError("CORRUPT_DATA", message.message));
    });
    thread.on("error", (error) => lose(error.message, error));
    thread.once("exit", () => lose("the thread has stopped"));
    return thread;
  }
}

function stopped(message: string, cause?: unknown): AppError {
  return new AppError("UNAVAILABLE", `The results of the study were not computed: ${message}. They will be tried again.`, { cause });
}

function voterVotes({ number, items, finished, insider, still, votes }: VoterWithVotes): VoterVotes {
  return {
    voter: { number, items, finished, insider, still },
    votes: votes.map(({ timing, ...vote }) => ({ voter: number, ...vote, timing: readTiming(timing) })),
  };
}
