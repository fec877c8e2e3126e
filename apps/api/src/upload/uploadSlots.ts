/** Limits how many uploads run at once, per user and in total, so that no user can block the others. */
import { AppError } from "@pareidolia/core/appError";

export interface SlotLimits {
  readonly perUser: number;
  readonly total: number;
}

export class UploadSlots {
  readonly #limits: SlotLimits;
  readonly #taken = new Map<string, number>();

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /** Returns a function that releases the slot. @throws AppError UNAVAILABLE when none is free. */
  take(userId: string): () => void {
    const own = this.#taken.get(userId) ?? 0;
    const all = [...this.#taken.values()].reduce((sum, count) => sum + count, 0);
    if (own >= this.#limits.perUser)
      throw new AppError("UNAVAILABLE", `You already have ${own} uploads in progress. Try again when one has finished.`);
    if (all >= this.#limits.total) throw new AppError("UNAVAILABLE", `${all} uploads are in progress. Try again in a minute.`);
    this.#taken.set(userId, own + 1);
    return () => {
      const left = (this.#taken.get(userId) ?? 1) - 1;
      if (left > 0) this.#taken.set(userId, left);
      else this.#taken.delete(userId);
    };
  }
}
