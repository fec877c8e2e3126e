/** Runs steps in parallel, each after the steps that it depends on. */
export interface OrderedStep {
  readonly id: string;
  /** IDs of the steps that must end before this step begins, whatever their result. */
  readonly after?: readonly string[];
}

/**
 * Runs at most `concurrency` steps at a time and starts them in the order of the list, each as soon as it is ready. The results have the
 * same order.
 */
export async function runSteps<Step extends OrderedStep, Result>(
  steps: readonly Step[],
  concurrency: number,
  run: (step: Step) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = [...steps];
  const ended = new Map<string, Result>();
  const running = new Set<Promise<void>>();
  const takeReady = (): Step | undefined => {
    const next = waiting.findIndex(({ after = [] }) => after.every((id) => ended.has(id)));
    return next < 0 ? undefined : waiting.splice(next, 1)[0];
  };
  const start = (step: Step): void => {
    const work = run(step).then((result) => {
      ended.set(step.id, result);
      running.delete(work);
    });
    running.add(work);
  };
  for (;;) {
    for (let step = takeReady(); step !== undefined; step = running.size < concurrency ? takeReady() : undefined) start(step);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (waiting.length > 0) throw new Error(`These steps depend on steps that never run: ${waiting.map(({ id }) => id).join(", ")}.`);
  return steps.map(({ id }) => ended.get(id) as Result);
}
