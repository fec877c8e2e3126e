/** The part of an open transaction that a queue needs to enqueue a job together with its row. */
export interface SqlExecutor {
  executeSql(text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }>;
}
