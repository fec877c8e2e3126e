/** Runs steps side by side, each after those that it names. */
export interface OrderedStep {
  readonly id: string;
  /** The steps that end before this one begins, whatever their result. */
  readonly after?: readonly string[];
}

/**
 * Runs at most `lanes` steps at a time and starts them in the order of the list, which the results have too.
 * A lane that finds no step ready closes; the lanes that are still open take what is left.
 */
export async function inLanes<Step extends OrderedStep, Result>(
  steps: readonly Step[],
  lanes: number,
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
  await Promise.all(Array.from({ length: lanes }, lane));
  if (waiting.length > 0) throw new Error(`No step can begin any more; left are ${waiting.map(({ id }) => id).join(", ")}.`);
  return steps.map(({ id }) => ended.get(id) as Result);
}
