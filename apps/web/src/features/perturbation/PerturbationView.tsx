"use client";
/** The page of a perturbation run: source, perturbed image and difference side by side, success against the bound, and all results. */
import { useQueryState } from "nuqs";
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { AddressNote } from "../marks/AddressNote.tsx";
import { quoteValue } from "../marks/addressProblems.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import { norms } from "../marks/norms.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import { MethodRecipe } from "../run/MethodRecipe.tsx";
import { RunHead } from "../run/RunHead.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import runProgressStyles from "../run/RunProgress.module.css";
import { RunProgress } from "../run/RunProgress.tsx";
import type { PerturbationOnPage } from "../run/runOnPage.ts";
import { isActive, isOver } from "../run/runStates.ts";
import { ProvenanceSection } from "../runOrigin/ProvenanceSection.tsx";
import { Discussion } from "../tracking/Discussion.tsx";
import { BoundChart } from "./BoundChart.tsx";
import { ChangeSummary } from "./ChangeSummary.tsx";
import { LengthChart } from "./LengthChart.tsx";
import styles from "./PerturbationView.module.css";
import { perturbationCells, perturbationColumns, perturbationsQuery } from "./perturbationsQuery.ts";
import { ResultList } from "./ResultList.tsx";
import { defaultResult, formatPixels, isBounded } from "./results.ts";
import { Triptych } from "./Triptych.tsx";
import { usePerturbations } from "./usePerturbations.ts";

export function PerturbationView({ run }: { readonly run: PerturbationOnPage }) {
  const { rows, loading, error, retry } = usePerturbations(run);
  const [requestedId, setRequestedId] = useQueryState("result", { history: "replace" });
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const svg = useRef<SVGSVGElement>(null);
  const row = rows.find(({ id }) => id === requestedId) ?? defaultResult(rows);
  const pick = (id: string) => void setRequestedId(id);
  const norm = run.norm ?? "LINF";
  const targetLabel = run.targetLabel ?? null;
  // The run's own bounds replace the attack's parameter.
  const hasBounds = (run.bounds?.length ?? 0) > 0;
  const attacks = Math.max(1, run.bounds?.length ?? 0);
  const bounded = rows.filter(isBounded);
  const chart = { selected: row?.id ?? "", width: Math.max(280, width - 64), svg, onPick: pick };
  const { toolbar, content } = useDataTools({
    name: `${run.key}-bounds`,
    columns: perturbationColumns,
    rows: rows.map(perturbationCells),
    query: perturbationsQuery(run.id),
    svg,
  });
  return (
    <RunLayout
      head={<RunHead run={run} />}
      frame={frame}
      busy={loading}
      progress={
        <RunProgress run={run} share={run.progress}>
          <span className="n20">{rows.length}</span>
          <span className="n12 muted"> / {attacks}</span>
          <span className={`t12 muted ${runProgressStyles.runUnit}`}>{attacks === 1 ? "attack" : "attacks"}</span>
        </RunProgress>
      }
      facts={
        <>
          {run.source ? (
            <section>
              <h2 className={styles.sourceHead}>Source</h2>
              <span className={styles.sourceThumb}>
                <PixelImage image={run.source} zoom={1} alt="The original source" fluid />
              </span>
              <p className="t12 muted">
                <span className="n12">
                  {run.source.width} × {run.source.height}
                </span>
                , cropped and scaled to the input
              </p>
            </section>
          ) : null}
          <MethodRecipe run={run} unused={hasBounds ? ["epsilon"] : []}>
            <KeyRow name="Target">{targetLabel ?? "any other class"}</KeyRow>
            {hasBounds ? (
              <KeyRow name={`Bounds, ${norms[norm].sign}`} number>
                {run.bounds?.map(formatPixels).join(" ")}
              </KeyRow>
            ) : null}
          </MethodRecipe>
          <ProvenanceSection run={run} />
        </>
      }
    >
      {error ? (
        <RequestError message={error.message} onRetry={retry} />
      ) : loading ? (
        <Skeleton height={360} />
      ) : row === undefined ? (
        <EmptyState title={isOver(run.state) ? "No results" : "No results yet"}>{emptyText(run.state)}</EmptyState>
      ) : (
        <>
          {requestedId !== null && row.id !== requestedId ? (
            <AddressNote problems={[`There is no result ${quoteValue(requestedId)} in this run; another result is shown instead.`]} />
          ) : null}
          <Triptych row={row} targetLabel={targetLabel} />
          <ChangeSummary row={row} norm={norm} targetLabel={targetLabel} />
          <section aria-labelledby="successAgainstBound">
            <div className="sectionHead">
              <h2 id="successAgainstBound">
                Success against the {bounded.length > 0 ? "bound" : "length of the change"}{" "}
                <span className="t12 muted">filled if the label became {targetLabel ?? "another class"}</span>
              </h2>
              {toolbar}
            </div>
            {content}
            {bounded.length > 0 ? (
              <BoundChart {...chart} rows={bounded} norm={norm} targetLabel={targetLabel} />
            ) : (
              <LengthChart {...chart} rows={rows} />
            )}
          </section>
          <ResultList rows={rows} norm={bounded.length > 0 ? norm : null} selected={row.id} onPick={pick} />
        </>
      )}
      <Discussion id={run.id} />
    </RunLayout>
  );
}

function emptyText(state: PerturbationOnPage["state"]): string {
  if (isActive(state)) return "Results appear here as soon as a worker stores them.";
  return isOver(state)
    ? "The run ended before its first attack was complete."
    : "The run stopped before its first attack was complete. Resume the run to continue.";
}
