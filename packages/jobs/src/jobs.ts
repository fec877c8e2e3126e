/**
 * The jobs of workers. A job contains only the ID of a row, and the worker that claims the row owns the work. So it does no harm to
 * deliver a job twice, late or after the work is done.
 */
export interface JobData {
  /**
   * A run of any kind waits. A worker computes one run at a time, so all runs share a queue; which of the waiting runs it computes is decided
   * when it is free.
   */
  readonly carryOutRun: { readonly runId: string };
  /** An interactive analysis, which takes seconds. */
  readonly analyse: { readonly analysisId: string };
  /** An analysis of many images, which takes minutes. It has its own queue so as not to delay interactive ones. */
  readonly analyseInBackground: { readonly analysisId: string };
  readonly checkModel: { readonly modelId: string };
  readonly sendEmail: { readonly emailId: string };
  /** The statistics of a study's present votes. */
  readonly computeStudyResults: { readonly studyId: string };
  /** Writes the archive of a release. */
  readonly makeRelease: { readonly releaseId: string };
  /** Reads the file of an import: for its preview, or to write its runs. */
  readonly importFile: { readonly importId: string };
  /** Writes the archive of an export. */
  readonly makeExport: { readonly exportId: string };
  /** Writes the file of a bulk query, whose rows are stored. */
  readonly writeBulkFile: { readonly bulkQueryId: string };
  /** Deletes what the workspace's members deleted from the trash. */
  readonly deleteDiscarded: { readonly workspaceId: string };
}

export type JobName = keyof JobData;

export interface JobDefinition<Name extends JobName> {
  /** While a job waits, further jobs with the same key are not enqueued. */
  keyOf(data: JobData[Name]): string;
}

export const jobDefinitions: { readonly [Name in JobName]: JobDefinition<Name> } = {
  carryOutRun: { keyOf: ({ runId }) => runId },
  analyse: { keyOf: ({ analysisId }) => analysisId },
  analyseInBackground: { keyOf: ({ analysisId }) => analysisId },
  checkModel: { keyOf: ({ modelId }) => modelId },
  sendEmail: { keyOf: ({ emailId }) => emailId },
  computeStudyResults: { keyOf: ({ studyId }) => studyId },
  makeRelease: { keyOf: ({ releaseId }) => releaseId },
  importFile: { keyOf: ({ importId }) => importId },
  makeExport: { keyOf: ({ exportId }) => exportId },
  writeBulkFile: { keyOf: ({ bulkQueryId }) => bulkQueryId },
  deleteDiscarded: { keyOf: ({ workspaceId }) => workspaceId },
};

export const jobNames = Object.keys(jobDefinitions) as readonly JobName[];

/** A handler for every job. A worker without a handler for one does not compile. */
export type Tasks = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<void> };
