/** Runs steps in parallel, each after the steps that it depends on. */
export interface OrderedStep {
  readonly id: string;
  /** IDs of the steps that must end before this step begins, whatever their result. */
  readonly after?: readonly string[];
}

/**
 * Runs at most `concurrency` steps at a time and starts them in the order of the list. The results have the same order.
 * A lane that finds no step ready ends; the other lanes run the remaining steps.
 */
export async function runSteps<Step extends OrderedStep, Result>(
  steps: readonly Step[],
  concurrency: number,
  run: (step: Step) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = [...steps];
  const ended = new Map<string, Result>();
  const takeReady = (): Step | undefined => {
    const next = waiting.findIndex(({ after = [] }) => after.every((id) => ended.has(id)));
    return next < 0 ? undefined : waiting.splice(next, 1)[0];
  };
  const lane = async (): Promise<void> => {
    for (let step = takeReady(); step !== undefined; step = takeReady()) ended.set(step.id, await run(step));
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  if (waiting.length > 0) throw new Error(`These steps depend on steps that never run: ${waiting.map(({ id }) => id).join(", ")}.`);
  return steps.map(({ id }) => ended.get(id) as Result);
}
