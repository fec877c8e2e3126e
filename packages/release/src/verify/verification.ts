/** What a verification reports: a list of checks, each with the number of cases and the first problem. */

export interface Check {
  readonly id: string;
  /** What was checked. */
  readonly what: string;
  /** Files, rows or numbers that were compared; 0 if the check could not be made. */
  readonly cases: number;
  readonly holds: boolean;
  /** The first problem, as a sentence; empty if the check holds. */
  readonly problem: string;
}

export interface Verification {
  readonly holds: boolean;
  /** SHA-256 of the plan; null if it cannot be read. */
  readonly planHash: string | null;
  readonly checks: readonly Check[];
  /** What no reader of the release can check, or this one could not, as sentences. */
  readonly notChecked: readonly string[];
}

/** Collects checks in order. A check that throws does not hold, and what it would have returned is null for checks that need it. */
export class CheckList {
  readonly checks: Check[] = [];

  /**
   * @param what was checked; a function is called after the check, where it decides what could be compared.
   * @param run returns the number of cases, and what later checks need.
   */
  async check<T>(
    id: string,
    what: string | (() => string),
    run: () => Promise<{ readonly cases: number; readonly found: T }>,
  ): Promise<T | null> {
    const checked = (): string => (typeof what === "string" ? what : what());
    try {
      const { cases, found } = await run();
      this.checks.push({ id, what: checked(), cases, holds: true, problem: "" });
      return found;
    } catch (error) {
      this.checks.push({ id, what: checked(), cases: 0, holds: false, problem: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

  /** A check that needs what another did not find. */
  skip(id: string, what: string, needs: string): void {
    this.checks.push({ id, what, cases: 0, holds: false, problem: `Not checked: it needs ${needs}.` });
  }
}
