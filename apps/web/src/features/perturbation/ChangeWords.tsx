/** What an attack did to the label and by how much of a change, in one sentence; a bound is said in its norm. */

import type { ReactNode } from "react";
import type { Norm } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ChangeWords.module.css";
import { formatPixels, type PerturbationRow } from "./results.ts";

interface ChangeWordsProps {
  readonly row: PerturbationRow;
  readonly norm: Norm;
  readonly targetLabel: string | null;
}

const within: Readonly<Record<Norm, (bound: ReactNode, length: ReactNode) => ReactNode>> = {
  LINF: (bound) => (
    <>
      {" "}
      within {bound} of <span className="n12">255</span> grey levels at any value:{" "}
    </>
  ),
  L2: (bound, length) => (
    <>
      {" "}
      within a length of {bound} grey levels: the change is {length},{" "}
    </>
  ),
};

export function ChangeWords({ row, norm, targetLabel }: ChangeWordsProps) {
  const length = (
    <>
      <span className="n12">{formatPixels(row.l2)}</span> grey levels long
    </>
  );
  if (row.success && row.storedClass === row.originalClass)
    return (
      <p className={`second ${styles.perturbationWords}`}>The source is taken for {row.storedLabel} already, so nothing had to change.</p>
    );
  return (
    <p className={`second ${styles.perturbationWords}`}>
      {becameWords(row, targetLabel)}
      {typeof row.bound !== "number" ? (
        <>
          {row.success ? " by a change " : ": the last change tried is "}
          {length}
          {row.success ? ", the shortest that was found: " : ", "}
        </>
      ) : (
        within[norm](<span className="n12">{formatPixels(row.bound)}</span>, length)
      )}
      no value changed by more than <span className="n12">{formatPixels(row.linf)}</span>,{" "}
      <span className="n12">{formatCount(row.l0)}</span> {row.l0 === 1 ? "value" : "values"} changed, in{" "}
      <span className="n12">{formatCount(row.steps)}</span> {row.steps === 1 ? "step" : "steps"}.
    </p>
  );
}

/** An attack towards a class may end at a third one. */
function becameWords({ originalClass, originalLabel, storedClass, storedLabel, success }: PerturbationRow, target: string | null): string {
  if (success) return `${originalLabel} became ${storedLabel}`;
  return storedClass === originalClass ? `Still ${storedLabel}` : `${originalLabel} became ${storedLabel} and not ${target}`;
}
