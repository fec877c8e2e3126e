"use client";
/** Reloads the page if the API answers for another user or workspace than before, so that the data of two users never mix. */
import { useEffect, useState } from "react";
import type { ShellQuery } from "../../graphql/generated/graphql.ts";
import { useClearPage } from "../session/SessionGuard.tsx";

export function useSameViewer(data: ShellQuery | undefined): void {
  const clearPage = useClearPage();
  const viewer = data === undefined ? null : `${data.viewer.user.id} ${data.viewer.workspace.id}`;
  const [first, setFirst] = useState(viewer);
  if (first === null && viewer !== null) setFirst(viewer);
  const isOther = first !== null && viewer !== null && first !== viewer;
  useEffect(() => {
    if (!isOther) return;
    // After the effect, since React cannot flush inside one.
    queueMicrotask(() => {
      clearPage();
      location.reload();
    });
  }, [isOther, clearPage]);
}
