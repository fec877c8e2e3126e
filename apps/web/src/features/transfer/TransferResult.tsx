"use client";
/**
 * The transfer matrix of an experiment or some runs, and the button that scores missing pairs. Render it with a different key for each
 * selection.
 */

import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TransferDocument } from "../../graphql/generated/graphql.ts";
import { AnalysisButton } from "../analyses/AnalysisButton.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./Transfer.module.css";
import { TransferDetail } from "./TransferDetail.tsx";
import { medianOf, type TransferCell, TransferMatrix } from "./TransferMatrix.tsx";
import { type TransferSelection, transferQuery } from "./transferQueries.ts";
import { useScoreTransfer } from "./useScoreTransfer.ts";

const shares = ["sameTop", "fooled", "confidentOnBoth"] as const;
const columns = ["source", "other", "images", ...shares.flatMap((name) => [name, ...intervalColumns(name)]), "otherMedian"];

export function TransferResult({ selection }: { readonly selection: TransferSelection }) {
  const [selected, setSelected] = useState<TransferCell | null>(null);
  const { data, error, refetch } = useLiveQuery({ query: TransferDocument, variables: selection });
  const matrix = data?.transferMatrix;
  const scoring = useScoreTransfer({
    input: selection,
    stored: matrix?.analysis ?? null,
    onEnd: refetch,
  });
  const chosen = matrix?.cells.find((cell) => cell === selected) ?? matrix?.cells.find((cell) => cell.source.id !== cell.other.id) ?? null;
  const nameOf = (id: string) => matrix?.models.find((model) => model.id === id)?.name ?? "";
  const tools = useDataTools({
    name: "transfer",
    columns,
    rows: (matrix?.cells ?? []).map((cell) => [
      nameOf(cell.source.id),
      nameOf(cell.other.id),
      cell.images,
      ...shares.flatMap((name) => [cell[name].estimate, ...intervalCells(cell[name], "other images")]),
      medianOf(cell),
    ]),
    query: transferQuery(selection),
  });
  if (matrix === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={4} height={80} />;
  return (
    <>
      <div className={styles.missing}>
        <span>
          {matrix.unscored === 0 ? (
            "Every pair of image and network is scored."
          ) : (
            <>
              <span className="n12">{formatCount(matrix.unscored)}</span> pairs of image and network are not scored yet.
            </>
          )}
        </span>
        {matrix.unscored > 0 ? (
          <AnalysisButton controls={scoring} needs="scoreTransfer" look="primary">
            Score missing pairs
          </AnalysisButton>
        ) : null}
      </div>
      {matrix.cells.length === 0 ? (
        <EmptyState title="No image is scored by two networks yet">
          Score the missing pairs, or wait until a run has found images.
        </EmptyState>
      ) : (
        <>
          <div className="sectionHead">
            <h2>Matrix</h2>
            {tools.toolbar}
          </div>
          {tools.content}
          <div className={styles.split}>
            <TransferMatrix matrix={matrix} chosen={chosen} onChoose={setSelected} />
            {chosen ? <TransferDetail cell={chosen} source={nameOf(chosen.source.id)} other={nameOf(chosen.other.id)} /> : null}
          </div>
        </>
      )}
    </>
  );
}
