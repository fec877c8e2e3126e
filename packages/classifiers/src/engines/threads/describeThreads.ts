/** The number of threads as an engine's description gives it: "1 thread", "2 threads". */
export function describeThreads(count: number): string {
  return `${count} ${count === 1 ? "thread" : "threads"}`;
}
