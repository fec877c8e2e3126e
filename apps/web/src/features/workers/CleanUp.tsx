/** The hourly removal of unused data: for each kind, the last removal, and the amount that is still within its grace period. */
import type { WorkersQuery } from "../../graphql/generated/graphql.ts";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Workers.module.css";
import { cleanUpsFile, cleanUpsQuery } from "./workersFile.ts";

type CleanUp = WorkersQuery["cleanUps"][number];

export function CleanUp({ cleanUps }: { readonly cleanUps: readonly CleanUp[] }) {
  return (
    <section className={styles.cleanUp} aria-labelledby="clean-up">
      <h2 id="clean-up">Clean-up</h2>
      <p className="muted">
        {cleanUps.length === 0
          ? "Workers remove unused data every hour. The first clean-up starts a minute after a worker does."
          : "Every hour, workers remove unused data whose grace period is over."}
      </p>
      <WholeListTools name="clean-ups" rows={cleanUps} columns={cleanUpsFile} query={cleanUpsQuery} />
      {cleanUps.length > 0 ? (
        <div className={styles.scroll} role="region" aria-label="Clean-up figures" tabIndex={0}>
          <table className={styles.cleanUps}>
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
              {cleanUps.map((cleanUp) => (
                <CleanUpRow key={cleanUp.kind} cleanUp={cleanUp} />
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

function CleanUpRow({ cleanUp }: { readonly cleanUp: CleanUp }) {
  return (
    <tr>
      <th scope="row">
        {cleanUp.title}
        {cleanUp.failure ? <p className={styles.failure}>The last clean-up failed. {cleanUp.failure}</p> : null}
      </th>
      <td className="n12">{formatDuration(cleanUp.graceSeconds)}</td>
      <td>
        <Amount count={cleanUp.removedCount} bytes={cleanUp.removedBytes} />
        {cleanUp.removedAt ? (
          <span className="muted">
            , <RelativeTime time={cleanUp.removedAt} />
          </span>
        ) : null}
      </td>
      <td>
        <Amount count={cleanUp.waitingCount} bytes={cleanUp.waitingBytes} />
      </td>
      <td>
        <RelativeTime time={cleanUp.cleanedAt} />
      </td>
    </tr>
  );
}
