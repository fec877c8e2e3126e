/**
 * Authenticates a busy sender at most once a second. A change of access made by this process applies to every request that begins after the
 * change is answered. A change made by another process applies once Postgres notifies this one, and after a second at the latest.
 */
import type { Actor } from "@pareidolia/core/actor";
import { explorerHeader } from "../explorer/explorerToken.ts";
import { SharedRuns } from "../http/sharedRuns.ts";
import { readWorkspace } from "../http/workspaceAddress.ts";
import type { Changes } from "../recall/changes.ts";
import { ShortMemory } from "../recall/shortMemory.ts";
import type { AccessChanges } from "./accessChanges.ts";
import type { Authenticate } from "./authenticate.ts";

export interface RememberOptions {
  readonly changes: Changes;
  /** Null if the process gets no notifications of other processes' changes. */
  readonly accessChanges: AccessChanges | null;
}

export interface RememberedActors {
  readonly authenticate: Authenticate;
  close(): void;
}

const maxActors = 1_000;

/**
 * Concurrent requests to one workspace with the same credentials share one look-up, which starts after the last of them has arrived.
 * Credentials in a WebSocket's connection message are always looked up, and so are requests with an explorer token, which expires independently.
 */
export function rememberActors(authenticate: Authenticate, { changes, accessChanges }: RememberOptions): RememberedActors {
  const memory = new ShortMemory<Actor>({ changes, mostEntries: maxActors });
  const runs = new SharedRuns<Actor>();
  return {
    async authenticate(credentials) {
      const { headers, connectionParams, clientAddress, isRepeated } = credentials;
      const { authorization, cookie } = headers;
      const isPlain = authorization === undefined && cookie === undefined;
      const isLookedUp =
        isPlain || isRepeated === true || headers[explorerHeader] !== undefined || Object.keys(connectionParams).length > 0;
      if (isLookedUp) return authenticate(credentials);
      const sender = authorization === undefined ? `cookie ${cookie}` : `key ${authorization}`;
      const key = `${readWorkspace(headers) ?? ""} ${sender}`;
      const actor =
        memory.recall(key) ??
        (await runs.run(key, () => memory.remember(key, () => authenticate({ ...credentials, clientAddress: undefined }))));
      return { ...actor, clientAddress };
    },
    close: accessChanges?.subscribe(() => changes.note()) ?? (() => undefined),
  };
}
