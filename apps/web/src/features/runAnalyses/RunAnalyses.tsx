"use client";
/** What can be learnt from an evolution's images, under its charts: hard classes, changes of goal, and detectors. Each asks when opened. */
import { ClassDifficulty } from "./ClassDifficulty.tsx";
import { Detectors } from "./Detectors.tsx";
import { LazySection } from "./LazySection.tsx";
import { Lineages } from "./Lineages.tsx";
import styles from "./RunAnalyses.module.css";

interface RunAnalysesProps {
  readonly run: { readonly id: string; readonly key: string; readonly model: { readonly labels: readonly string[] } };
}

export function RunAnalyses({ run }: RunAnalysesProps) {
  return (
    <section aria-label="Analyses" className={styles.analyses}>
      <LazySection title="Class difficulty" about="neighbours against confidence">
        <ClassDifficulty runId={run.id} runKey={run.key} />
      </LazySection>
      <LazySection title="Goal switches" about="niches taken by the child of another niche’s elite">
        <Lineages runId={run.id} runKey={run.key} labels={run.model.labels} />
      </LazySection>
      <LazySection title="Detectors" about="AUROC and FPR@95 by generation">
        <Detectors runId={run.id} runKey={run.key} />
      </LazySection>
    </section>
  );
}
