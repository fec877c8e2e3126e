/** Whether an actor sees a bulk query: members see their own; an API key sees those that were read with no more scopes than it has. */
import type { Actor, ActorKey, KeyScope } from "@pareidolia/core/actor";
import type { BulkQueryRecord } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";

/** The scopes of a key, with READ where RUN implies it; null for a session. */
export function readableScopes(key: ActorKey | undefined): readonly KeyScope[] | null {
  if (key === undefined) return null;
  return key.scopes.includes("RUN") ? [...new Set<KeyScope>([...key.scopes, "READ"])] : key.scopes;
}

export function mayRead(actor: Actor, { createdById, keyScopes }: Pick<BulkQueryRecord, "createdById" | "keyScopes">): boolean {
  const scopes = readableScopes(actor.key);
  return createdById === actor.userId && (scopes === null || keyScopes?.every((scope) => scopes.includes(scope)) === true);
}
