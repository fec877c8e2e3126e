/**
 * The version of everything that a process remembers briefly. Each change increments it, and while this process makes a change there is no
 * version, so a value read before or during a change is never used after it.
 */
export class Changes {
  #version = 0;
  #underWay = 0;

  /** Null while this process makes a change; nothing may be remembered or recalled then. */
  get version(): number | null {
    return this.#underWay > 0 ? null : this.#version;
  }

  /** Records a change made by another process. */
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
