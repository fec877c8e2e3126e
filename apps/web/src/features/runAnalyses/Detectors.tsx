"use client";
/** The detector analysis of a run's archives: starts it, follows it and shows its results. */

import { detectors } from "@pareidolia/analysis/kinds/detectors";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { MeasureDetectorsDocument, RunDetectorsDocument } from "../../graphql/generated/graphql.ts";
import { AnalysisButton } from "../analyses/AnalysisButton.tsx";
import { AnalysisPlaceholder } from "../analyses/AnalysisPlaceholder.tsx";
import { useAnalysisControls } from "../analyses/useAnalysisControls.ts";
import { Terms } from "../glossary/Terms.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import type { AnalysedRun } from "./analysedRun.ts";
import { detectorsQuery } from "./analysisQueries.ts";
import { DetectorCurves } from "./DetectorCurves.tsx";

/** Over what the intervals generalise. */
const over = "other images of both kinds";

export function Detectors({ run }: { readonly run: AnalysedRun }) {
  const { data, error, refetch } = useLiveQuery({ query: RunDetectorsDocument, variables: { id: run.id, kind: detectors.id } });
  const [, measure] = useMutation(MeasureDetectorsDocument);
  const stored = data?.analyses.nodes[0] ?? null;
  const controls = useAnalysisControls({
    stored,
    request: async () => {
      const { data: made, error: failed } = await measure({ input: { runId: run.id } });
      return { answer: made?.measureDetectors, error: failed };
    },
    onEnd: refetch,
  });
  // The last successful measurement stays visible while a later one runs and after it fails.
  const measured = data?.analyses.nodes.find(({ state }) => state === "SUCCEEDED");
  const points = measured?.detectors ?? [];
  const last = Math.max(-1, ...points.map(({ generation }) => generation));
  const tools = useDataTools({
    name: `${run.key}-detectors`,
    columns: [
      "point",
      "generation",
      "detector",
      "auroc",
      ...intervalColumns("auroc"),
      "falsePositiveRate",
      ...intervalColumns("falsePositiveRate"),
    ],
    rows: points.map((point, index) => [
      index + 1,
      point.generation,
      point.detector,
      point.auroc,
      ...intervalCells({ low: point.aurocLow, high: point.aurocHigh, intervalReason: point.intervalReason }, over),
      point.falsePositiveRate,
      ...intervalCells({ low: point.falsePositiveRateLow, high: point.falsePositiveRateHigh, intervalReason: point.intervalReason }, over),
    ]),
    query: detectorsQuery(run.id),
  });
  if (data === undefined) return <AnalysisPlaceholder error={error} onRetry={refetch} />;
  return (
    <>
      <div className="sectionHead">
        <span>
          {measured?.endedAt && points.length > 0 ? (
            <span className="t12 muted">
              Measured <RelativeTime time={measured.endedAt} />, up to generation <span className="n12">{formatCount(last)}</span>.
            </span>
          ) : null}{" "}
          {/* Measuring the same images again would give the same values, so the button appears only if there are later images. */}
          {stored?.state === "SUCCEEDED" && last >= (run.generation ?? -1) ? null : (
            <AnalysisButton controls={controls} needs="measureDetectors">
              {points.length > 0 ? "Measure again" : "Measure detectors"}
            </AnalysisButton>
          )}
        </span>
        {points.length > 0 ? tools.toolbar : null}
      </div>
      {tools.content}
      {points.length > 0 ? (
        <>
          <DetectorCurves points={points} />
          <p className="t12 muted">
            Whiskers: 95% intervals for {over}. {points.find(({ intervalReason }) => intervalReason)?.intervalReason}
          </p>
        </>
      ) : (
        <p className="second">
          <Terms>
            Not measured yet. Maximum softmax, ODIN and energy score images of several generations and real images; a good detector
            distinguishes them.
          </Terms>
        </p>
      )}
    </>
  );
}
