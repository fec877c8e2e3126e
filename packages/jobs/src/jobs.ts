/**
 * What can be asked of a worker. A job carries ids and nothing else: it only says "look at this row", and whoever
 * claims the row owns it. So a job that is delivered twice, late or for nothing does no harm.
 */
export interface JobData {
  /** Whatever its kind: a worker is at one run at a time, so runs have one queue. */
  readonly carryOutRun: { readonly runId: string };
  /** An interactive analysis, which takes seconds. */
  readonly analyse: { readonly analysisId: string };
  /** An analysis of many images, which takes minutes. Its own queue keeps it from delaying the others. */
  readonly analyseInBackground: { readonly analysisId: string };
  readonly checkModel: { readonly modelId: string };
}

export type JobName = keyof JobData;

export interface JobDefinition<Name extends JobName> {
  /** Jobs with one key wait in the queue once, however often they are enqueued. */
  keyOf(data: JobData[Name]): string;
}

export const jobDefinitions: { readonly [Name in JobName]: JobDefinition<Name> } = {
  carryOutRun: { keyOf: ({ runId }) => runId },
  analyse: { keyOf: ({ analysisId }) => analysisId },
  analyseInBackground: { keyOf: ({ analysisId }) => analysisId },
  checkModel: { keyOf: ({ modelId }) => modelId },
};

export const jobNames = Object.keys(jobDefinitions) as readonly JobName[];

/** One handler for every job: a worker that lacks a task does not compile. */
export type Tasks = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<void> };
