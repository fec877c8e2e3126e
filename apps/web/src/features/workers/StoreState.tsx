/** Problems of the object store: an outage, and damaged files with their lost objects. Renders nothing without problems. */

import type { WorkersQuery } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Workers.module.css";

type Store = WorkersQuery["objectStore"];
type Damaged = Store["damagedFiles"][number];

export function StoreState({ store: { problem, damagedFiles } }: { readonly store: Store }) {
  if ((problem === null || problem === undefined) && damagedFiles.length === 0) return null;
  return (
    <section className={styles.store} role="status" aria-label="Object store">
      <h2>Object store</h2>
      {problem ? <p>{problem} Runs wait and continue by themselves when the store works again.</p> : null}
      {damagedFiles.length > 0 ? (
        <>
          <p>
            {damagedFiles.length === 1 ? "One file is damaged" : `${formatCount(damagedFiles.length)} files are damaged`}. All other images
            are served. The operator of this server can redraw lost images from their genomes, or restore them from a backup.
          </p>
          <ul className={styles.damage}>
            {damagedFiles.map((file) => (
              <DamagedFile key={file.file} file={file} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function lossText(count: number): string {
  if (count === 0) return "No objects are known to be lost.";
  return count === 1 ? "One object is lost." : `${formatCount(count)} objects are lost.`;
}

function DamagedFile({ file: { file, problem, lostCount, lost, runs } }: { readonly file: Damaged }) {
  return (
    <li>
      <p className="n12">{file}</p>
      <p>
        {problem} {lossText(lostCount)}
        {runs.length > 0 ? " Affected runs: " : null}
        {runs.map(({ key }, i) => (
          <span key={key}>
            {i > 0 ? ", " : ""}
            <Link className="link" href={`/runs/${key}`}>
              {key}
            </Link>
          </span>
        ))}
        {runs.length > 0 ? "." : null}
      </p>
      {lost.length > 0 ? (
        <details>
          <summary className="t12">Lost objects</summary>
          <ul className={styles.lost}>
            {lost.map((key) => (
              <li className="n11" key={key}>
                {key}
              </li>
            ))}
            {lostCount > lost.length ? <li className="t12">and {formatCount(lostCount - lost.length)} more</li> : null}
          </ul>
        </details>
      ) : null}
    </li>
  );
}
