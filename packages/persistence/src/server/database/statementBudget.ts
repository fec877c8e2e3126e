/** Limits the statements and the database time of one request. The budget follows the request through its promises. */
import { AsyncLocalStorage } from "node:async_hooks";
import { requestTooExpensive } from "./tooExpensive.ts";

export interface StatementLimits {
  readonly statements: number;
  /** Time during which at least one statement runs. */
  readonly seconds: number;
}

export class StatementBudget {
  readonly #limits: StatementLimits;
  #statements = 0;
  #milliseconds = 0;
  #running = 0;
  #busySince = 0;

  constructor(limits: StatementLimits) {
    this.#limits = limits;
  }

  /** @throws AppError TOO_EXPENSIVE when the budget is used up. */
  takeStatement(): void {
    const { statements, seconds } = this.#limits;
    if (this.#statements >= statements) throw requestTooExpensive(`more than ${statements} database statements`);
    const busy = this.#milliseconds + (this.#running === 0 ? 0 : performance.now() - this.#busySince);
    if (busy >= seconds * 1000) throw requestTooExpensive(`more than ${seconds} s of database time`);
    this.#statements += 1;
  }

  async time<T>(work: () => PromiseLike<T>): Promise<T> {
    if (this.#running === 0) this.#busySince = performance.now();
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#milliseconds += performance.now() - this.#busySince;
    }
  }
}

const budgets = new AsyncLocalStorage<StatementBudget>();

/** Counts the statements that `work` sends, now or later, against the budget. */
export function withStatementBudget<T>(budget: StatementBudget, work: () => T): T {
  return budgets.run(budget, work);
}

/** Undefined outside of requests, as in workers. */
export function currentBudget(): StatementBudget | undefined {
  return budgets.getStore();
}
