"use client";
/** A settings page that only owners may read: others see why, and the page's data is not requested for them. */
import type { ReactNode } from "react";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import type { ShownAction } from "../permissions/actions.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SettingsPage } from "./SettingsPage.tsx";
import type { SettingsTab } from "./settingsTabs.ts";
import { useSettings } from "./useSettings.ts";

interface OwnersOnlyProps {
  readonly tab: SettingsTab;
  /** The action that reads the page's data. */
  readonly needs: ShownAction;
  readonly names?: readonly string[];
  readonly children: ReactNode;
}

export function OwnersOnly({ tab, needs, names = [], children }: OwnersOnlyProps) {
  const { data, error, refetch } = useSettings();
  const { permits, isKnown } = usePermissions();
  if (permits(needs)) return children;
  return (
    <SettingsPage tab={tab} names={names} summary={isKnown ? "For owners of the workspace" : "\u00a0"}>
      {data !== undefined && isKnown ? (
        <EmptyState title="Only owners can read this page">Ask an owner of the workspace.</EmptyState>
      ) : error ? (
        <RequestError message={error.message} onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} />
      )}
    </SettingsPage>
  );
}
