/** State, progress and controls of an evolution, with its progress in generations. */
import { formatCount } from "../marks/numbers.ts";
import runProgressStyles from "../run/RunProgress.module.css";
import { RunProgress } from "../run/RunProgress.tsx";
import type { EvolutionOnPage } from "../run/runOnPage.ts";

export function GenerationProgress({ run }: { readonly run: EvolutionOnPage }) {
  const share = run.totalEvaluations > 0 ? Math.min(1, run.evaluations / run.totalEvaluations) : 0;
  return (
    <RunProgress run={run} share={share}>
      <span className="n20">{formatCount(run.generation ?? 0)}</span>
      <span className="n12 muted"> / {formatCount(run.generations)}</span>
      <span className={`t12 muted ${runProgressStyles.runUnit}`}>generations</span>
    </RunProgress>
  );
}
