/**
 * Authenticates a sender of many requests once a second. A change of access by this process holds for each request that begins after its answer;
 * one by another process, once Postgres has told of it, and after a second at the latest.
 */
import type { Actor } from "@pareidolia/core/actor";
import { explorerHeader } from "../explorer/explorerToken.ts";
import { SharedRuns } from "../http/sharedRuns.ts";
import type { Changes } from "../recall/changes.ts";
import { ShortMemory } from "../recall/shortMemory.ts";
import type { AccessChanges } from "./accessChanges.ts";
import type { Authenticate } from "./authenticate.ts";

export interface RememberOptions {
  readonly changes: Changes;
  /** Null where the process hears of no change by others. */
  readonly accessChanges: AccessChanges | null;
}

export interface RememberedActors {
  readonly authenticate: Authenticate;
  close(): void;
}

const mostActors = 1_000;

/**
 * Requests with the same credentials that arrive at the same time share one look-up, which starts after each of them has arrived. Credentials
 * in a WebSocket's own message are looked up each time, and so are those with a token of the explorer, which expires on its own.
 */
export function rememberActors(authenticate: Authenticate, { changes, accessChanges }: RememberOptions): RememberedActors {
  const memory = new ShortMemory<Actor>({ changes, mostEntries: mostActors });
  const runs = new SharedRuns<Actor>();
  return {
    async authenticate(credentials) {
      const { headers, connectionParams, clientAddress, isRepeated } = credentials;
      const { authorization, cookie } = headers;
      const isPlain = authorization === undefined && cookie === undefined;
      const isLookedUp =
        isPlain || isRepeated === true || headers[explorerHeader] !== undefined || Object.keys(connectionParams).length > 0;
      if (isLookedUp) return authenticate(credentials);
      const key = authorization === undefined ? `cookie ${cookie}` : `key ${authorization}`;
      const actor =
        memory.recall(key) ??
        (await runs.run(key, () => memory.remember(key, () => authenticate({ ...credentials, clientAddress: undefined }))));
      return { ...actor, clientAddress };
    },
    close: accessChanges?.subscribe(() => changes.note()) ?? (() => undefined),
  };
}
