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

/** Runs at once, whose limit is optional. */
function RunsBar({ running, limit }: Quotas["runs"]) {
  const label = "Runs at once";
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="n12">
          <b>{formatCount(running)}</b> {limit === null ? "running, no limit" : `of ${formatCount(limit)}`}
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

/** The workspace's share of the workers, if it is not the usual one. */
function ShareRow({ share }: Pick<Quotas["runs"], "share">) {
  return share === 1 ? null : (
    <div>
      <dt>Share of the workers</dt>
      <dd className="n12">
        <b>{formatCount(share)}</b>, usually 1
      </dd>
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
      <ShareRow share={quotas.runs.share} />
    </dl>
  );
}
