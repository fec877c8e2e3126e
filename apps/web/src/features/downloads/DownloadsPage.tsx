"use client";
/**
 * A tab of the settings with files that jobs make, such as exports and bulk queries: the list of them for owners and researchers, and a
 * dialog that starts another one. The dialog is in the address (`new`), so that a link opens it.
 */
import { parseAsBoolean, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import type { SettingsTab } from "../settings/settingsTabs.ts";
import { useSettings } from "../settings/useSettings.ts";
import { mayWrite } from "../tracking/subject.ts";
import styles from "./Downloads.module.css";

interface DownloadsPageProps {
  /** Also the name of the list. */
  readonly tab: SettingsTab & ("Exports" | "Bulk queries");
  readonly summary: string;
  /** The text of the button, and the title of the dialog behind it. */
  readonly start: string;
  /** The content of the dialog. @param close closes it. */
  readonly form: (close: () => void) => ReactNode;
  /** Loads and shows the list. Nothing is loaded for those who may not see it. */
  readonly list: ReactNode;
}

export function DownloadsPage({ tab, summary, start, form, list }: DownloadsPageProps) {
  const [choosing, setChoosing] = useQueryState("new", parseAsBoolean.withDefault(false));
  const role = useSettings().data?.viewer.role;
  const close = () => void setChoosing(null);
  if (role !== undefined && !mayWrite(role))
    return (
      <SettingsPage tab={tab} names={["new"]} summary={summary}>
        <EmptyState title={`${tab} are for owners and researchers`}>Ask an owner of the workspace to change your role.</EmptyState>
      </SettingsPage>
    );
  return (
    <SettingsPage
      tab={tab}
      names={["new"]}
      summary={summary}
      actions={
        <Button look="primary" onClick={() => void setChoosing(true)}>
          {start}
        </Button>
      }
    >
      {list}
      <Dialog title={start} open={choosing} wide onClose={close}>
        {form(close)}
      </Dialog>
    </SettingsPage>
  );
}

interface DownloadListProps {
  readonly label: string;
  /** Undefined until they are loaded. */
  readonly count: number | undefined;
  readonly error: { readonly message: string } | undefined;
  readonly onRetry: () => void;
  /** Instead of a list without items. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** The list in its states: loading, failed, empty, filled. */
export function DownloadList({ label, count, error, onRetry, empty, children }: DownloadListProps) {
  if (count === undefined)
    return error ? <RequestError message={error.message} onRetry={onRetry} /> : <SkeletonLines count={4} height={64} />;
  if (count === 0) return empty;
  return (
    <section aria-label={label} className={`${styles.section} ${styles.ofPage}`}>
      {children}
    </section>
  );
}
