/** One sentence about an attack's result: how the label changed, and the size of the change in the norm of the bound. */
import type { ReactNode } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ChangeSummary.module.css";
import { formatPixels, greyLevels, type PerturbationRow } from "./results.ts";

interface ChangeSummaryProps {
  readonly row: PerturbationRow;
  readonly norm: Norm;
  readonly targetLabel: string | null;
}

const within: Readonly<Record<Norm, (bound: ReactNode, length: ReactNode, unit: string) => ReactNode>> = {
  LINF: (bound) => (
    <>
      {" "}
      within {bound} of <span className="n12">255</span> grey levels at any value:{" "}
    </>
  ),
  L2: (bound, length, unit) => (
    <>
      {" "}
      within a length of {bound} {unit}: the change is {length},{" "}
    </>
  ),
};

export function ChangeSummary({ row, norm, targetLabel }: ChangeSummaryProps) {
  const length = (
    <>
      <span className="n12">{formatPixels(row.l2)}</span> {greyLevels(row.l2)} long
    </>
  );
  if (row.success && row.storedClass === row.originalClass)
    return (
      <p className={`second ${styles.summary}`}>The network already classifies the source as {row.storedLabel}, so nothing was changed.</p>
    );
  return (
    <p className={`second ${styles.summary}`}>
      {outcomeText(row, targetLabel)}
      {typeof row.bound !== "number" ? (
        <>
          {row.success ? " by a change " : ": the last attempted change is "}
          {length}
          {row.success ? ", the shortest one found: " : ", "}
        </>
      ) : (
        within[norm](<span className="n12">{formatPixels(row.bound)}</span>, length, greyLevels(row.bound))
      )}
      no value changed by more than <span className="n12">{formatPixels(row.linf)}</span>;{" "}
      <span className="n12">{formatCount(row.l0)}</span> {row.l0 === 1 ? "value" : "values"} changed, in{" "}
      <span className="n12">{formatCount(row.steps)}</span> {row.steps === 1 ? "step" : "steps"}.
    </p>
  );
}

/** An attack with a target may end at a third class. */
function outcomeText({ originalClass, originalLabel, storedClass, storedLabel, success }: PerturbationRow, target: string | null): string {
  if (success) return `${originalLabel} became ${storedLabel}`;
  return storedClass === originalClass ? `Still ${storedLabel}` : `${originalLabel} became ${storedLabel} instead of ${target}`;
}
