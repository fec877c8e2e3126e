/**
 * Shares work among requests that need the same result at the same time, such as the fifty images of a page. At most one call per key is in
 * progress; callers that arrive meanwhile share the next call, so a result is never older than the request that gets it.
 */
interface Run<Result> {
  readonly present: Promise<Result>;
  next: Promise<Result> | null;
}

const ignore = (): void => undefined;

export class SharedRuns<Result> {
  readonly #runs = new Map<string, Run<Result>>();

  /** @param work The same for all callers with this key. It starts after the last of them has called. */
  run(key: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.#runs.get(key);
    if (running === undefined) return this.#start(key, work);
    running.next ??= running.present.then(ignore, ignore).then(() => this.#start(key, work));
    return running.next;
  }

  #start(key: string, work: () => Promise<Result>): Promise<Result> {
    const run: Run<Result> = { present: work(), next: null };
    this.#runs.set(key, run);
    void run.present.then(ignore, ignore).then(() => {
      if (run.next === null && this.#runs.get(key) === run) this.#runs.delete(key);
    });
    return run.present;
  }
}
