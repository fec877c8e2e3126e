"use client";
/** A table of all results: thumbnail, label, confidence, bound and size of the change. */
import type { Norm } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { Link } from "../marks/Link.tsx";
import { norms } from "../marks/norms.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./ResultList.module.css";
import { formatPixels, type PerturbationRow } from "./results.ts";

interface ResultListProps {
  readonly rows: readonly PerturbationRow[];
  /** The norm of the bounds; null if the attack has none. */
  readonly norm: Norm | null;
  readonly selected: string;
  onPick(id: string): void;
}

/** The network may classify the unchanged source as the target already. */
function outcomeLabel({ success, storedClass, originalClass }: PerturbationRow): string {
  if (!success) return "not fooled";
  return storedClass === originalClass ? "unchanged" : "fooled";
}

export function ResultList({ rows, norm, selected, onPick }: ResultListProps) {
  return (
    <section className={styles.resultList} aria-label="Results">
      <div className={styles.resultScroll} role="region" aria-label="All results" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Image</th>
              <th scope="col">Label</th>
              <th scope="col" className="right">
                Confidence
              </th>
              {norm === null ? null : (
                <th scope="col" className="right">
                  Bound, {norms[norm].sign}
                </th>
              )}
              <th scope="col" className="right">
                L∞
              </th>
              <th scope="col" className="right">
                L2
              </th>
              <th scope="col" className="right">
                Steps
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.id === selected ? styles.chosen : undefined}>
                <td>
                  <button
                    type="button"
                    onClick={() => onPick(row.id)}
                    aria-pressed={row.id === selected}
                    aria-label={`Show ${typeof row.bound === "number" ? `the result within ${formatPixels(row.bound)}` : `result ${row.index + 1}`}`}
                  >
                    <span className={styles.resultThumb}>
                      <PixelImage image={row.image} zoom={1} alt="" fluid />
                    </span>
                  </button>
                </td>
                <td>
                  <Link className="link" href={`/perturbations/${row.id}`} prefetch={false}>
                    {row.storedLabel}
                  </Link>{" "}
                  <span className="t12 muted">{outcomeLabel(row)}</span>
                </td>
                <td className="right">
                  <Confidence value={row.storedConfidence} size="n12" />
                </td>
                {norm === null ? null : <td className="right n12">{typeof row.bound === "number" ? formatPixels(row.bound) : "–"}</td>}
                <td className="right n12">{formatPixels(row.linf)}</td>
                <td className="right n12">{formatPixels(row.l2)}</td>
                <td className="right n12">{formatCount(row.steps)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
