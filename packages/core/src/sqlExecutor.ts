/** One open transaction, as narrow as a queue needs it, so that a job is enqueued together with the row it is about. */
export interface SqlExecutor {
  executeSql(text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }>;
}
