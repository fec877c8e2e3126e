/**
 * The runner of all tests. Why a test was skipped is in its meta data, for `npm test` to print. If files have to be downloaded, a test is
 * skipped when one of them could not be, with the file as the reason: also each test of a suite whose preparation needs the file. With a
 * cache that has all files, such a test fails.
 */
import path from "node:path";
import { type RunnerTestCase, type RunnerTestSuite, TestRunner, type TestTryOptions } from "vitest";
import { downloadsFiles } from "./sharedCache.ts";

/** As `readCachedFile` and `readShared` say it; other errors may quote it. */
const absent = /(?:^|: )(\S+ could not be downloaded\. .*)/;

declare module "vitest" {
  interface TaskMeta {
    /** Why the test was skipped. */
    reason?: string;
  }
}

function findReason(error: unknown): string | null {
  const message = error instanceof Error ? error.message : "";
  return downloadsFiles ? (absent.exec(message)?.[1] ?? null) : null;
}

export default class AbsentFilesRunner extends TestRunner {
  /** Of suites whose preparation needs an absent file. */
  readonly #reasons = new Map<RunnerTestSuite, string>();

  /** A file that reads an absent file while it is loaded has no tests; one stands for them. */
  override async importFile(file: string, source: Parameters<TestRunner["importFile"]>[1]): Promise<unknown> {
    try {
      return await super.importFile(file, source);
    } catch (error) {
      const reason = findReason(error);
      if (reason === null) throw error;
      TestRunner.getCurrentSuite().test(`the tests of ${path.basename(file)}`, (context) => {
        context.task.meta.reason = reason;
        context.skip(reason);
      });
      return undefined;
    }
  }

  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const hooks = TestRunner.getSuiteHooks(suite);
    const { beforeAll, afterAll } = hooks;
    hooks.beforeAll = beforeAll.map((hook) => async (...args) => {
      if (this.#reasons.has(suite)) return;
      try {
        return await hook(...args);
      } catch (error) {
        const reason = findReason(error);
        if (reason === null) throw error;
        this.#reasons.set(suite, reason);
      }
    });
    hooks.afterAll = afterAll.map((hook) => async (...args) => {
      try {
        await hook(...args);
      } catch (error) {
        // It may need what was not prepared.
        if (!this.#reasons.has(suite)) throw error;
      }
    });
  }

  override onBeforeTryTask(test: RunnerTestCase, options: TestTryOptions): void {
    super.onBeforeTryTask(test, options);
    for (let suite: RunnerTestSuite | undefined = test.suite ?? test.file; suite !== undefined; suite = suite.suite ?? parentOf(suite)) {
      const reason = this.#reasons.get(suite);
      if (reason !== undefined) this.#skip(test, reason);
    }
  }

  /** Also before hooks after each test, which may fail because of the same file. A test that skips itself has given its reason. */
  onTaskFinished(test: RunnerTestCase): void {
    // Of `context.skip`; Vitest's types leave it out.
    const { note } = (test.result ?? {}) as { readonly note?: string };
    if (note !== undefined) test.meta.reason ??= note;
    const reasons = (test.result?.errors ?? []).map(({ message }) => findReason(new Error(message)));
    const [reason] = reasons;
    if (test.result?.state !== "fail" || reason == null || reasons.includes(null)) return;
    test.result.state = "run";
    test.result.errors = [];
    this.#skip(test, reason);
  }

  #skip(test: RunnerTestCase, reason: string): void {
    test.meta.reason = reason;
    test.context.skip(reason);
  }
}

/** The file of a suite at its top level. */
function parentOf(suite: RunnerTestSuite): RunnerTestSuite | undefined {
  return suite === suite.file ? undefined : suite.file;
}
