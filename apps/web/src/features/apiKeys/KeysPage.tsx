"use client";
/** API keys: the viewer's own, and for owners those of all members. Which keys are listed is in the URL. */
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { useSettings } from "../settings/useSettings.ts";
import { ViewChoice } from "../settings/ViewChoice.tsx";
import { KeySection } from "./KeySection.tsx";

const views = ["valid", "ended"] as const;
const viewLabels = { valid: "Valid", ended: "Revoked and expired" } as const;

export function KeysPage() {
  const { data, error, refetch } = useSettings();
  const { permits } = usePermissions();
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("valid"));
  return (
    <SettingsPage
      tab="Keys"
      names={["view", "new"]}
      summary={
        data === undefined ? (
          "Programs act as a member with a key."
        ) : (
          <>
            <span className="n12">{formatTotal(data.apiKeys.totalCount, data.apiKeys.totalCountIsCapped)}</span>{" "}
            {data.apiKeys.totalCount === 1 ? "key" : "keys"}
            {permits("apiKey:manage") ? " of all members" : " of your own"}
          </>
        )
      }
    >
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={4} />
        )
      ) : (
        <>
          <ViewChoice label="Keys" views={views} labels={viewLabels} view={view} onChange={(next) => void setView(next)} />
          <KeySection settings={data} valid={view === "valid"} />
        </>
      )}
    </SettingsPage>
  );
}
