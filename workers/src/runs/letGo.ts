/**
 * Letting a run go in the middle of a long step. What takes long looks, as often as it comes to a point at which nothing is half
 * done, whether somebody asked for it or the worker has to stop; its signal then ends what it runs at its next such point.
 */
import type { ProgressOutcome } from "@pareidolia/persistence/runs/commitProgress";
import type { HeldLease } from "../heldLease.ts";
import { outcomeOf } from "./carryOutRun.ts";

class Asked extends Error {
  readonly outcome: ProgressOutcome;
  constructor(outcome: ProgressOutcome) {
    super(outcome.reason);
    this.outcome = outcome;
  }
}

export class LetGo {
  /** Aborts when the lease is lost, or once a look found that the run has to be let go. */
  readonly signal: AbortSignal;
  readonly #held: HeldLease;
  readonly #stop: AbortSignal;
  readonly #asked = new AbortController();

  constructor(held: HeldLease, stop: AbortSignal) {
    this.#held = held;
    this.#stop = stop;
    this.signal = AbortSignal.any([held.lost, this.#asked.signal]);
  }

  look(): void {
    this.#held.progress();
    const outcome = outcomeOf(this.#held, this.#stop, null);
    if (outcome !== null && !this.#asked.signal.aborted) this.#asked.abort(new Asked(outcome));
  }

  /** What the run was let go for; null while nothing of that kind has ended it. */
  get outcome(): ProgressOutcome | null {
    const reason: unknown = this.#asked.signal.reason;
    return reason instanceof Asked ? reason.outcome : null;
  }
}
