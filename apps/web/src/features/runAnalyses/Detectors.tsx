"use client";
/** Has detectors measured on a run's archives, follows the job, and shows what came out. */
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { MeasureDetectorsDocument, RunDetectorsDocument } from "../../graphql/generated/graphql.ts";
import { AnalysisNote } from "../analyses/AnalysisNote.tsx";
import { useAnalysis } from "../analyses/useAnalysis.ts";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { DetectorCurves } from "./DetectorCurves.tsx";

interface DetectorsProps {
  readonly runId: string;
  readonly runKey: string;
}

export function Detectors({ runId, runKey }: DetectorsProps) {
  const [{ data, error }, ask] = useQuery({ query: RunDetectorsDocument, variables: { id: runId }, requestPolicy: "cache-and-network" });
  const [{ fetching }, measure] = useMutation(MeasureDetectorsDocument);
  const [startedId, setStartedId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stored = data?.analyses.nodes[0] ?? null;
  const pendingId = stored !== null && (stored.state === "QUEUED" || stored.state === "RUNNING") ? stored.id : null;
  const followed = useAnalysis(startedId ?? pendingId, () => ask({ requestPolicy: "network-only" }));
  // A later measurement that is under way or failed does not hide the last that came through.
  const points = data?.analyses.nodes.find(({ state }) => state === "SUCCEEDED")?.detectors ?? [];
  const tools = useDataTools({
    name: `${runKey}-detectors`,
    columns: ["point", "generation", "detector", "auroc", "falsePositiveRate"],
    rows: points.map((point, index) => [index + 1, point.generation, point.detector, point.auroc, point.falsePositiveRate]),
    query: `query {\n  analyses(runId: ${JSON.stringify(runId)}, kind: "detectors", first: 5) {\n    nodes { state detectors { generation detector label auroc falsePositiveRate } }\n  }\n}`,
  });
  const shown = followed ?? stored;
  const busy = fetching || shown?.state === "QUEUED" || shown?.state === "RUNNING";
  const start = async () => {
    const { data: made, error: failed } = await measure({ input: { runId } });
    const answer = made?.measureDetectors;
    if (answer?.__typename === "StartAnalysisSuccess") {
      setProblem(null);
      setStartedId(answer.analysis.id);
    } else setProblem(answer?.message ?? failed?.graphQLErrors[0]?.message ?? "The API did not answer. Nothing was asked; try again.");
  };
  if (error && !data) return <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} />;
  return (
    <>
      <div className="sectionHead">
        <span>
          <Button disabled={busy} onClick={() => void start()}>
            {points.length > 0 ? "Measure again" : "Measure detectors"}
          </Button>{" "}
          <AnalysisNote analysis={shown} />
          {problem ? (
            <span className="fieldError" role="alert">
              {problem}
            </span>
          ) : null}
        </span>
        {points.length > 0 ? tools.toolbar : null}
      </div>
      {tools.content}
      {points.length > 0 ? (
        <DetectorCurves points={points} />
      ) : (
        <p className="second">Not measured yet. A worker shows the archive of some generations, and real images, to each detector.</p>
      )}
    </>
  );
}
