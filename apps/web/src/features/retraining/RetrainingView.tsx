"use client";
/** The page of a retraining run: its state and controls, with a link to its chain's page for the results. */
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { MethodRecipe } from "../run/MethodRecipe.tsx";
import { RunHead } from "../run/RunHead.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import runProgressStyles from "../run/RunProgress.module.css";
import { RunProgress } from "../run/RunProgress.tsx";
import type { RetrainingOnPage } from "../run/runOnPage.ts";
import { useRunEvents } from "../run/useRunEvents.ts";
import { ForkChainButton } from "../runOrigin/ForkChainButton.tsx";
import { ProvenanceSection } from "../runOrigin/ProvenanceSection.tsx";
import { Discussion } from "../tracking/Discussion.tsx";

/** Events update the run's row in the client's cache, and the page needs nothing else from them. */
const ignoreEvent = () => {};

export function RetrainingView({ run }: { readonly run: RetrainingOnPage }) {
  useRunEvents(RunEventsDocument, run, ignoreEvent);
  return (
    <RunLayout
      head={<RunHead run={run} />}
      progress={
        <RunProgress run={run} share={run.progress}>
          <span className="n20">{formatCount(run.evaluations)}</span>
          <span className={`t12 muted ${runProgressStyles.runUnit}`}>evaluations</span>
        </RunProgress>
      }
      facts={
        <>
          <MethodRecipe run={run} />
          <ProvenanceSection run={run} />
        </>
      }
    >
      {run.chain ? (
        <EmptyState
          title={run.chain.name}
          action={
            <>
              <ButtonLink look="primary" href={`/chains/${encodeURIComponent(run.chain.id)}`}>
                Open the chain
              </ButtonLink>{" "}
              <ForkChainButton run={run} />
            </>
          }
        >
          The chain's page shows each network with its test error and the confidence that new evolutions reach against it.
        </EmptyState>
      ) : null}
      <Discussion id={run.id} />
    </RunLayout>
  );
}
