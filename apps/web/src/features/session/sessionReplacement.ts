/**
 * The API answers some requests with a new session, such as a change of the password. It has then ended the old one before the browser has the
 * new cookie. In every tab of the browser, other requests wait for that cookie: a refusal would look like the end of the session.
 */
import { randomId } from "../marks/randomId.ts";

const channelName = "pareidolia.sessionReplacement";

/** Longer than the timeout of a request, in case its tab is closed before it announces the end. */
const maxMilliseconds = 30_000;

interface Announcement {
  readonly id: string;
  readonly state: "started" | "ended";
}

interface Replacement {
  readonly ended: Promise<void>;
  end(): void;
}

const running = new Map<string, Replacement>();

function start(id: string): void {
  if (running.has(id)) return;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    const timer = setTimeout(() => end(), maxMilliseconds);
    end = () => {
      clearTimeout(timer);
      running.delete(id);
      resolve();
    };
  });
  running.set(id, { ended, end });
}

function apply({ id, state }: Announcement): void {
  if (state === "started") start(id);
  else running.get(id)?.end();
}

function announce(announcement: Announcement): void {
  apply(announcement);
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(announcement);
  channel.close();
}

/** Follows the replacements in other tabs; returns a function that stops it. */
export function followReplacements(): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data }: MessageEvent<Announcement>) => apply(data));
  return () => channel.close();
}

/** Sends a request that may replace the session. Others wait for its response. */
export async function replaceSession<T>(send: () => Promise<T>): Promise<T> {
  const id = randomId();
  announce({ id, state: "started" });
  try {
    return await send();
  } finally {
    announce({ id, state: "ended" });
  }
}

/** Resolves once no tab of this browser replaces the session. */
export async function waitForReplacements(): Promise<void> {
  while (running.size > 0) await Promise.all([...running.values()].map(({ ended }) => ended));
}
