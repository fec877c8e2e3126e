/** A queue that is opened by its first use: its connection and statements take 25 ms of processor time, and many tests enqueue nothing. */
import { openQueue, type Queue } from "@pareidolia/jobs/queue";

export function lazyQueue(url: string): Queue {
  let opening: Promise<Queue> | null = null;
  const open = (): Promise<Queue> => {
    opening ??= openQueue({ url });
    return opening;
  };
  return {
    enqueue: async (...given) => (await open()).enqueue(...given),
    enqueueAll: async (...given) => (await open()).enqueueAll(...given),
    statusOf: async (...given) => (await open()).statusOf(...given),
    failuresOf: async (...given) => (await open()).failuresOf(...given),
    close: async () => (await opening)?.close(),
  };
}
