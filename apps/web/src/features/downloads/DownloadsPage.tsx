"use client";
/**
 * A settings tab for files that jobs make, such as exports and bulk queries: a list for owners and researchers, and a dialog that starts a
 * new job. The dialog has a URL parameter (`new`), so that a link can open it.
 */
import { parseAsBoolean, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import type { SettingsTab } from "../settings/settingsTabs.ts";
import styles from "./Downloads.module.css";

interface DownloadsPageProps {
  /** Name of the tab and of the list. */
  readonly tab: SettingsTab & ("Exports" | "Bulk queries");
  readonly summary: string;
  /** Text of the button and title of its dialog. */
  readonly start: string;
  readonly needs: "startExport" | "startBulkQuery";
  /** Content of the dialog. @param close Closes the dialog. */
  readonly form: (close: () => void) => ReactNode;
  /** Loads and shows the list. Not rendered for users who may not see it. */
  readonly list: ReactNode;
}

export function DownloadsPage({ tab, summary, start, needs, form, list }: DownloadsPageProps) {
  const [choosing, setChoosing] = useQueryState("new", parseAsBoolean.withDefault(false));
  const { may, refusalOf } = usePermissions();
  const refusal = refusalOf(needs);
  const close = () => void setChoosing(null);
  if (refusal !== null)
    return (
      <SettingsPage tab={tab} names={["new"]} summary={summary}>
        <EmptyState title={`${tab} are for owners and researchers`}>{refusal}</EmptyState>
      </SettingsPage>
    );
  return (
    <SettingsPage
      tab={tab}
      names={["new"]}
      summary={summary}
      actions={
        <Button look="primary" needs={needs} onClick={() => void setChoosing(true)}>
          {start}
        </Button>
      }
    >
      {may(needs) ? list : <SkeletonLines count={4} height={64} />}
      <Dialog title={start} open={choosing && may(needs)} wide onClose={close}>
        {form(close)}
      </Dialog>
    </SettingsPage>
  );
}

interface DownloadListProps {
  readonly label: string;
  /** Undefined until loaded. */
  readonly count: number | undefined;
  readonly error: { readonly message: string } | undefined;
  readonly onRetry: () => void;
  /** Shown instead of an empty list. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** The list in each of its states: loading, failed, empty or filled. */
export function DownloadList({ label, count, error, onRetry, empty, children }: DownloadListProps) {
  if (count === undefined)
    return error ? <RequestError message={error.message} onRetry={onRetry} /> : <SkeletonLines count={4} height={64} />;
  if (count === 0) return empty;
  return (
    <section aria-label={label} className={`${styles.section} ${styles.ofPage}`}>
      <h2 className="visuallyHidden">{label}</h2>
      {children}
    </section>
  );
}
