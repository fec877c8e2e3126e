/** How far a computation is, or why it failed; and why the last one that was asked for was not taken on. */
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";

interface AnalysisNoteProps {
  readonly analysis: AnalysisStateFragment | null;
  readonly problem: string | null;
}

export function AnalysisNote({ analysis, problem }: AnalysisNoteProps) {
  return (
    <>
      <Progress analysis={analysis} />
      {problem === null ? null : (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

function Progress({ analysis }: Pick<AnalysisNoteProps, "analysis">) {
  if (analysis === null || analysis.state === "SUCCEEDED") return <span role="status" />;
  if (analysis.state === "FAILED")
    return (
      <span className="fieldError" role="alert">
        {analysis.failure ?? "It failed."} What was computed is kept; ask again.
      </span>
    );
  return (
    <span className="t12 muted" role="status">
      {analysis.state === "QUEUED" ? "waits for a worker" : "under way"}
      {typeof analysis.total === "number" ? (
        <>
          , <span className="n12">{analysis.done}</span> of <span className="n12">{analysis.total}</span>
        </>
      ) : null}
    </span>
  );
}
