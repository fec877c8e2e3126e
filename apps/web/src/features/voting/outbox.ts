/**
 * Votes and undos on their way to the API: written to the store before they are sent, sent in order, sent again until the API confirms
 * or finally refuses them. One tab sends at a time.
 */
import type { BallotVoter } from "./ballot.ts";
import { type CastVote, isTemporary, type VotingClient } from "./votingClient.ts";

export type OutboxOperation =
  | { readonly kind: "vote"; readonly vote: CastVote }
  /** `undoneAt` is a time in ISO 8601 of the voter's clock. */
  | { readonly kind: "undo"; readonly trial: number; readonly undoneAt: string };

export interface StoredOperation {
  /** Ascending in the order of writing, over all tabs. */
  readonly sequence: number;
  readonly operation: OutboxOperation;
}

/** The operations of one session, on the voter's device. */
export interface OutboxStore {
  add(operation: OutboxOperation): Promise<void>;
  /** All operations, the oldest first. */
  list(): Promise<readonly StoredOperation[]>;
  remove(sequences: readonly number[]): Promise<void>;
}

interface OutboxState {
  readonly pending: number;
  /** Whether the last attempt failed and another one is scheduled. */
  readonly waiting: boolean;
}

/** Whether every submission of a request counts, another one was there before, or the study had closed. */
export type BatchOutcome = "all" | "elsewhere" | "tooLate";

export interface OutboxOptions {
  readonly client: Pick<VotingClient, "cast" | "undo">;
  readonly session: string | null;
  readonly store: OutboxStore;
  /** Runs the task while no other tab runs one. */
  readonly lock: (task: () => Promise<void>) => Promise<void>;
  /** Calls the task after the milliseconds; returns a function that cancels it. */
  readonly schedule: (task: () => void, milliseconds: number) => () => void;
  /** From 0 to 1, so that many voters do not retry in the same moment. */
  readonly jitter: () => number;
  readonly onChange: (state: OutboxState) => void;
  readonly onSent: (voter: BallotVoter, outcome: BatchOutcome) => void;
  /** A final refusal. The operation is dropped, or kept and sent again later. */
  readonly onRefused: (error: unknown, operation: OutboxOperation) => Promise<"drop" | "keep">;
  readonly onDropped: (error: unknown) => void;
}

const maxBatch = 100;
const firstDelayMs = 1_000;
const maxDelayMs = 30_000;

/** Doubles from 1 s to 30 s; `jitter` shortens it by at most a half. */
export function retryDelay(attempt: number, jitter: number): number {
  return Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10)) * (1 - jitter / 2);
}

/** One request: an undo, or the votes up to the next undo. */
export function nextBatch(operations: readonly StoredOperation[], largest = maxBatch): readonly StoredOperation[] {
  if (operations[0]?.operation.kind === "undo") return operations.slice(0, 1);
  const undo = operations.findIndex(({ operation }) => operation.kind === "undo");
  return operations.slice(0, Math.min(largest, undo < 0 ? operations.length : undo));
}

export class Outbox {
  readonly #options: OutboxOptions;
  #attempts = 0;
  /** After a refusal of a batch its votes are sent one by one, to find the one that is refused. */
  #oneByOne = 0;
  #running: Promise<void> | null = null;
  #cancelRetry: () => void = () => {};
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Sends what is there, at once. Resolves when everything is sent or the next attempt is scheduled. */
  async send(): Promise<void> {
    if (this.#running !== null) {
      // An operation may have been added just after the running task read the store.
      await this.#running;
      if (this.#closed || (await this.#options.store.list()).length === 0) return;
      if (this.#attempts > 0) return;
      return this.send();
    }
    this.#cancelRetry();
    this.#running = this.#options
      .lock(() => this.#drain())
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  /** For the browser's `online` event: does not wait for the scheduled attempt. */
  sendNow(): Promise<void> {
    this.#attempts = 0;
    return this.send();
  }

  /** Sends nothing more. */
  close(): void {
    this.#closed = true;
    this.#cancelRetry();
  }

  async #drain(): Promise<void> {
    const { store, onChange, onSent, onRefused, onDropped } = this.#options;
    while (!this.#closed) {
      const operations = await store.list();
      if (operations.length === 0) {
        this.#attempts = 0;
        onChange({ pending: 0, waiting: false });
        return;
      }
      onChange({ pending: operations.length, waiting: this.#attempts > 0 });
      const batch = nextBatch(operations, this.#oneByOne > 0 ? 1 : maxBatch);
      try {
        const { voter, outcome } = await this.#request(batch);
        await store.remove(batch.map(({ sequence }) => sequence));
        this.#attempts = 0;
        this.#oneByOne = Math.max(0, this.#oneByOne - 1);
        onChange({ pending: operations.length - batch.length, waiting: false });
        if (!this.#closed) onSent(voter, outcome);
      } catch (error) {
        if (isTemporary(error)) return this.#retryLater(operations.length);
        if (batch.length > 1) {
          this.#oneByOne = batch.length;
          continue;
        }
        const [first] = batch;
        if (first === undefined) return;
        if ((await onRefused(error, first.operation)) === "keep") return this.#retryLater(operations.length);
        this.#oneByOne = Math.max(0, this.#oneByOne - 1);
        await store.remove([first.sequence]);
        if (!this.#closed) onDropped(error);
      }
    }
  }

  async #request(batch: readonly StoredOperation[]): Promise<{ readonly voter: BallotVoter; readonly outcome: BatchOutcome }> {
    const { client, session } = this.#options;
    const [first] = batch;
    if (first?.operation.kind === "undo") return { voter: await client.undo(session, first.operation), outcome: "all" };
    const votes = batch.flatMap(({ operation }) => (operation.kind === "vote" ? [operation.vote] : []));
    const { voter, recorded, tooLate } = await client.cast(session, votes);
    const counted = new Set(recorded);
    if (tooLate.length > 0) return { voter, outcome: "tooLate" };
    return { voter, outcome: votes.every(({ trial }) => counted.has(trial)) ? "all" : "elsewhere" };
  }

  #retryLater(pending: number): void {
    const delay = retryDelay(this.#attempts, this.#options.jitter());
    this.#attempts += 1;
    this.#options.onChange({ pending, waiting: true });
    if (!this.#closed) this.#cancelRetry = this.#options.schedule(() => void this.send(), delay);
  }
}
