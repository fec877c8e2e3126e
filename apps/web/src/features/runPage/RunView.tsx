"use client";
/** Each kind of run has a page of its own; a new kind is a line in the table. */
import type { ReactNode } from "react";
import { AscentView } from "../ascent/AscentView.tsx";
import { EvolutionView } from "../evolution/EvolutionView.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { PerturbationView } from "../perturbation/PerturbationView.tsx";
import { RetrainingView } from "../retraining/RetrainingView.tsx";
import { isEvolution, type RunOnPage } from "../run/runOnPage.ts";

const views: Readonly<Record<string, (run: RunOnPage) => ReactNode>> = {
  evolution: (run) => (isEvolution(run) ? <EvolutionView run={run} /> : null),
  ascent: (run) => <AscentView run={run} />,
  perturbation: (run) => <PerturbationView run={run} />,
  retraining: (run) => <RetrainingView run={run} />,
};

export function RunView({ run }: { readonly run: RunOnPage }) {
  return (
    views[run.kind]?.(run) ?? (
      <EmptyState title="This page cannot show such a run yet">Its data is there: ask for {run.key} by GraphQL.</EmptyState>
    )
  );
}
