/**
 * What the pages of this session learned of runs by their events. The client's cache follows a run's row and not its lists: a page that is
 * opened again would show an ended run without an image, until the API answers.
 */
import type { RunFeed } from "./runFeed.ts";

const most = 12;
const feeds = new Map<string, RunFeed>();

export function rememberFeed(runId: string, feed: RunFeed): void {
  feeds.delete(runId);
  feeds.set(runId, feed);
  const [oldest] = feeds.keys();
  if (feeds.size > most && oldest !== undefined) feeds.delete(oldest);
}

export function recallFeed(runId: string): RunFeed | null {
  return feeds.get(runId) ?? null;
}
