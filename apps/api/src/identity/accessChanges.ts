/**
 * Hears of each committed change that can end a user's access, in any process: triggers of the database notify the channel. Notifications
 * may be lost with a connection, so `AccessWatch` also looks at regular intervals.
 */
import { type Listener, listen } from "@pareidolia/persistence/server/database/notifications";

const channel = "pareidolia_access";

/** The user, or the members of the workspace, whose access may have changed. "all" when changes may have been missed. */
export type ChangedAccess = { readonly userId: string } | { readonly workspaceId: string } | "all";

export interface AccessChanges {
  /** Returns a function that ends the subscription. */
  subscribe(onChange: (changed: ChangedAccess) => void): () => void;
  close(): Promise<void>;
}

function readPayload(payload: string): ChangedAccess {
  const [, noun, id = ""] = /^(user|workspace) (.+)$/s.exec(payload) ?? [];
  if (noun === undefined) return "all";
  return noun === "user" ? { userId: id } : { workspaceId: id };
}

/** Uses one connection to Postgres. @throws AppError UNAVAILABLE. */
export async function openAccessChanges(url: string): Promise<AccessChanges> {
  const listeners = new Set<(changed: ChangedAccess) => void>();
  const tell = (changed: ChangedAccess): void => {
    for (const listener of listeners) listener(changed);
  };
  const listener: Listener = await listen({
    url,
    channel,
    onMessage: (payload) => tell(readPayload(payload)),
    onReconnect: () => tell("all"),
  });
  return {
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    close: () => listener.close(),
  };
}
