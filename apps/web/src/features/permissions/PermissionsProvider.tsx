"use client";
/** What the signed-in user may do, for all pages: as the page's server has read it, and again when the user gets another role. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PermissionsDocument, type Role } from "../../graphql/generated/graphql.ts";
import { useHydrated } from "../marks/useHydrated.ts";
import type { PageStart } from "../session/pageStart.ts";
import { type KnownPermissions, PermissionsContext } from "./usePermissions.ts";

const retryMilliseconds = 4_000;

interface PermissionsProviderProps {
  /** Null if the page's server could not read it. */
  readonly start: PageStart | null;
  /** The latest known; undefined while it loads. */
  readonly role: Role | undefined;
  readonly children: ReactNode;
}

export function PermissionsProvider({ start, role, children }: PermissionsProviderProps) {
  const isHydrated = useHydrated();
  const [isOutdated, setOutdated] = useState(start === null);
  if (!isOutdated && role !== undefined && role !== start?.role) setOutdated(true);
  const { data, refetch } = useLiveQuery({ query: PermissionsDocument, pause: !isOutdated, retryAfter: retryMilliseconds });
  const lastRole = useRef(role);
  useEffect(() => {
    if (lastRole.current !== undefined && role !== lastRole.current) refetch();
    lastRole.current = role ?? lastRole.current;
  }, [role, refetch]);
  // Before that, no control would react.
  const answered = isHydrated ? (data?.viewer ?? start) : null;
  const known = useMemo((): KnownPermissions | null => {
    if (answered === null) return null;
    const { refusedMutations, permittedActions } = answered;
    return { refusals: new Map(refusedMutations.map(({ name, message }) => [name, message])), actions: new Set(permittedActions) };
  }, [answered]);
  return <PermissionsContext value={known}>{children}</PermissionsContext>;
}
