/**
 * Numbers the states of what a process remembers for a moment. Each change gives a new number, and while this process makes one there is none:
 * what was read before a change, or beside it, is not believed after it.
 */
export class Changes {
  #version = 0;
  #underWay = 0;

  /** Null while this process makes a change: nothing may be remembered or recalled then. */
  get version(): number | null {
    return this.#underWay > 0 ? null : this.#version;
  }

  /** Of a change that was made elsewhere. */
  note(): void {
    this.#version += 1;
  }

  /** Returns the function that ends the change. */
  begin(): () => void {
    this.#underWay += 1;
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.#underWay -= 1;
      this.#version += 1;
    };
  }

  async during<Result>(change: () => Promise<Result>): Promise<Result> {
    const end = this.begin();
    try {
      return await change();
    } finally {
      end();
    }
  }
}
