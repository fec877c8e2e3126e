/** The generation of which statistics are shown, with a button that refreshes them if the run has stored more generations. */
import { Button } from "../marks/Button.tsx";
import { plainMessage } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./RunAnalyses.module.css";
import type { OnDemandStatus } from "./useOnDemandQuery.ts";

function StatusText({ status: { loading, error, generation, behind } }: { readonly status: OnDemandStatus }) {
  if (loading) return "Loading.";
  return (
    <>
      <GenerationText generation={generation} behind={behind} />
      {error ? ` The refresh failed. ${plainMessage(error.message)}` : null}
    </>
  );
}

function GenerationText({ generation, behind }: Pick<OnDemandStatus, "generation" | "behind">) {
  if (generation === null) return null;
  if (generation < 0) return "As of the start of the run.";
  return (
    <>
      As of generation <span className="n12">{formatCount(generation)}</span>
      {behind > 0 ? (
        <>
          ; <span className="n12">{formatCount(behind)}</span> more since
        </>
      ) : null}
      .
    </>
  );
}

export function AsOfGeneration({ status }: { readonly status: OnDemandStatus }) {
  const { loading, error, behind, refresh } = status;
  return (
    <p className={`t12 muted ${styles.asOfGeneration}`}>
      <span>
        <StatusText status={status} />
      </span>
      {!loading && (error || behind > 0) ? <Button onClick={refresh}>Refresh</Button> : null}
    </p>
  );
}
