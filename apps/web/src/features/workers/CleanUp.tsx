/** The hourly removal of unused data: for each kind, the last removal, and the amount that is still within its grace period. */
import type { WorkersQuery } from "../../graphql/generated/graphql.ts";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Workers.module.css";

type Sweep = WorkersQuery["sweeps"][number];

export function CleanUp({ sweeps }: { readonly sweeps: readonly Sweep[] }) {
  return (
    <section className={styles.cleanUp} aria-labelledby="clean-up">
      <h2 id="clean-up">Clean-up</h2>
      <p className="muted">
        {sweeps.length === 0
          ? "Workers remove unused data every hour. The first clean-up starts a minute after a worker does."
          : "Every hour, workers remove unused data whose grace period is over."}{" "}
        Run <code>npm run store -- sweep --dry-run</code> to see what can be removed now.
      </p>
      {sweeps.length > 0 ? (
        <div className={styles.scroll} role="region" aria-label="Clean-up figures" tabIndex={0}>
          <table className={styles.sweeps}>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Kept for</th>
                <th scope="col">Last removed</th>
                <th scope="col">In grace period</th>
                <th scope="col">Last checked</th>
              </tr>
            </thead>
            <tbody>
              {sweeps.map((sweep) => (
                <SweepRow key={sweep.kind} sweep={sweep} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}

/** `3 (1.7 MB)` */
function Amount({ count, bytes }: { readonly count: number; readonly bytes: number }) {
  if (count === 0) return <span className="muted">none</span>;
  return (
    <span className="n12">
      {formatCount(count)} ({formatBytes(bytes)})
    </span>
  );
}

function SweepRow({ sweep }: { readonly sweep: Sweep }) {
  return (
    <tr>
      <th scope="row">
        {sweep.title}
        {sweep.failure ? <p className={styles.failure}>The last clean-up failed. {sweep.failure}</p> : null}
      </th>
      <td className="n12">{formatDuration(sweep.graceSeconds)}</td>
      <td>
        <Amount count={sweep.removedCount} bytes={sweep.removedBytes} />
        {sweep.removedAt ? (
          <span className="muted">
            , <RelativeTime time={sweep.removedAt} />
          </span>
        ) : null}
      </td>
      <td>
        <Amount count={sweep.waitingCount} bytes={sweep.waitingBytes} />
      </td>
      <td>
        <RelativeTime time={sweep.sweptAt} />
      </td>
    </tr>
  );
}
