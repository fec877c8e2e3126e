"use client";
/** What the workspace uses of its quotas, what counts, and the uploads that reserve storage. Every member may read it; no member can change a quota. */
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { formatBytes } from "../models/bytes.ts";
import pageStyles from "../settings/SettingsPage.module.css";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { QuotaBars } from "./QuotaBars.tsx";
import styles from "./Quotas.module.css";
import { StorageTable } from "./StorageTable.tsx";
import { UnfinishedUploads } from "./UnfinishedUploads.tsx";
import { useQuotas } from "./useQuotas.ts";

export function QuotasPage() {
  const { data, error, refetch } = useQuotas();
  const quotas = data?.quotas;
  return (
    <SettingsPage
      tab="Quotas"
      summary={
        quotas === undefined ? (
          "Storage and uploads of the workspace"
        ) : (
          <>
            <span className="n12">{formatBytes(quotas.storage.used)}</span> of{" "}
            <span className="n12">{formatBytes(quotas.storage.limit)}</span> stored
          </>
        )
      }
    >
      {quotas === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={6} height={48} />
        )
      ) : (
        <div className={pageStyles.columns}>
          <div className={pageStyles.sections}>
            <section aria-label="Quotas">
              <QuotaBars quotas={quotas} />
              {quotas.storage.used >= quotas.storage.limit ? (
                <p className={styles.note} role="status">
                  New models, photographs and uploads are refused until some are deleted.
                </p>
              ) : null}
            </section>
            <section aria-label="What counts as storage">
              <StorageTable quotas={quotas} />
            </section>
            <UnfinishedUploads />
          </div>
          <aside aria-label="About quotas">
            <section aria-labelledby="counts">
              <div className="sectionHead">
                <h2 id="counts">What counts</h2>
              </div>
              <div className={styles.about}>
                <p>The file of each model and photograph counts, even if two have the same file.</p>
                <p>A model that a worker is downloading counts as 256 MB until its size is known.</p>
                <p>Images that runs compute do not count, nor do genomes and results.</p>
                <p>Deleted uploads still count as sent for 24 hours, since the store keeps their files about as long.</p>
                <p>While runs of several workspaces wait, workers share their time between the workspaces.</p>
              </div>
            </section>
            <section aria-labelledby="changes">
              <div className="sectionHead">
                <h2 id="changes">Who sets the quotas</h2>
              </div>
              <div className={styles.about}>
                <p>The operator of this server, for all workspaces or for a single one.</p>
              </div>
            </section>
          </aside>
        </div>
      )}
    </SettingsPage>
  );
}
