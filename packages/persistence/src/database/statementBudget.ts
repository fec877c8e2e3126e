/** How many statements one request may send to the database, and how long it may keep the database busy. It follows the request through its promises. */
import { AsyncLocalStorage } from "node:async_hooks";
import { requestTooExpensive } from "./tooExpensive.ts";

export interface StatementLimits {
  readonly statements: number;
  /** Time during which at least one of them runs. */
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

/** Statements that `work` sends, at once or later, come out of this budget. */
export function withStatementBudget<T>(budget: StatementBudget, work: () => T): T {
  return budgets.run(budget, work);
}

/** Undefined outside of requests, as in workers. */
export function currentBudget(): StatementBudget | undefined {
  return budgets.getStore();
}
