/** The filter of lists for what the person who asks has pinned. */
import type { Actor } from "@pareidolia/core/actor";

/** Undefined for no filter. A visitor has pinned nothing. */
export function readPinned(
  actor: Actor,
  value: boolean | null | undefined,
): { readonly userId: string; readonly value: boolean } | undefined {
  return value == null ? undefined : { userId: actor.userId ?? "", value };
}
