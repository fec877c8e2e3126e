"use client";
/**
 * Which mutations the signed-in user may send, and what the user may read and manage, as the API decides by role. What else may refuse a
 * mutation, such as a lock, the object knows.
 */
import { createContext, useContext, useMemo } from "react";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import type { ShownAction } from "./actions.ts";

export interface KnownPermissions {
  /** Why the user may not send a mutation, by its name. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly actions: ReadonlySet<string>;
}

/** Null until the API has answered, and outside of a workspace. */
export const PermissionsContext = createContext<KnownPermissions | null>(null);

export interface Permissions {
  readonly isKnown: boolean;
  /** False until it is known. */
  readonly may: (mutation: MutationName) => boolean;
  /** Why not, in a sentence for the user; null if permitted or not known yet. */
  readonly refusalOf: (mutation: MutationName) => string | null;
  /** False until it is known. */
  readonly permits: (action: ShownAction) => boolean;
}

export function usePermissions(): Permissions {
  const known = useContext(PermissionsContext);
  return useMemo(
    () => ({
      isKnown: known !== null,
      may: (mutation) => known !== null && !known.refusals.has(mutation),
      refusalOf: (mutation) => known?.refusals.get(mutation) ?? null,
      permits: (action) => known?.actions.has(action) ?? false,
    }),
    [known],
  );
}
