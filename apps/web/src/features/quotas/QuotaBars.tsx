"use client";
/** A bar for each quota: what is used of it, in numbers and as a share. */
import type { QuotasQuery } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Quotas.module.css";

type Quotas = QuotasQuery["quotas"];

const rows = [
  { label: "Storage", quotaOf: ({ storage }: Quotas) => storage, format: formatBytes },
  { label: "Sent within 24 hours", quotaOf: ({ sent }: Quotas) => sent, format: formatBytes },
  { label: "Unfinished uploads", quotaOf: ({ pendingUploads }: Quotas) => pendingUploads, format: formatCount },
] as const;

/** Runs at once, whose limit is optional, and the workspace's share of the workers where it is not the usual one. */
function RunsBar({ running, limit, share }: Quotas["runs"]) {
  const label = "Runs at once";
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {share === 1 ? null : <span className={styles.full}>share {formatCount(share)}</span>}
        <span className="n12">
          <b>{formatCount(running)}</b> {limit === null ? "without a limit" : `of ${formatCount(limit)}`}
        </span>
      </dd>
      {limit === null ? null : (
        <dd className={styles.share}>
          <ProgressTrack share={Math.min(1, running / limit)} label={label} className={styles.bar} />
        </dd>
      )}
    </div>
  );
}

export function QuotaBars({ quotas }: { readonly quotas: Quotas }) {
  return (
    <dl className={styles.bars}>
      {rows.map(({ label, quotaOf, format }) => {
        const { used, limit } = quotaOf(quotas);
        const isFull = used >= limit;
        return (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {isFull ? <span className={styles.full}>{used > limit ? "over the limit" : "full"}</span> : null}
              <span className="n12">
                <b>{format(used)}</b> of {format(limit)}
              </span>
            </dd>
            <dd className={styles.share}>
              <ProgressTrack share={limit === 0 ? 1 : Math.min(1, used / limit)} label={label} className={styles.bar} />
            </dd>
          </div>
        );
      })}
      <RunsBar {...quotas.runs} />
    </dl>
  );
}
