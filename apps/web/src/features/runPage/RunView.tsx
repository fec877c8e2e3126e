"use client";
/** Shows the page of the run's kind. */
import { AscentView } from "../ascent/AscentView.tsx";
import { EvolutionView } from "../evolution/EvolutionView.tsx";
import { ImportedView } from "../imported/ImportedView.tsx";
import { PerturbationView } from "../perturbation/PerturbationView.tsx";
import { RetrainingView } from "../retraining/RetrainingView.tsx";
import type { RunOnPage } from "../run/runOnPage.ts";

export function RunView({ run }: { readonly run: RunOnPage }) {
  switch (run.__typename) {
    case "EvolutionRun":
      return <EvolutionView run={run} />;
    case "AscentRun":
      return <AscentView run={run} />;
    case "PerturbationRun":
      return <PerturbationView run={run} />;
    case "RetrainingRun":
      return <RetrainingView run={run} />;
    case "ImportedRun":
      return <ImportedView run={run} />;
  }
}
