"use client";
/** Analyses of an evolution's images: class difficulty, goal switches, shared descent and detectors. Each loads when opened. */
import type { AnalysedRun } from "./analysedRun.ts";
import { ClassDifficulty } from "./ClassDifficulty.tsx";
import { Detectors } from "./Detectors.tsx";
import { GoalSwitches } from "./GoalSwitches.tsx";
import { LazySection } from "./LazySection.tsx";
import styles from "./RunAnalyses.module.css";
import { SharedDescent } from "./SharedDescent.tsx";

export function RunAnalyses({ run }: { readonly run: AnalysedRun }) {
  return (
    <section aria-label="Analyses" className={styles.analyses}>
      <LazySection title="Class difficulty" about="neighbours against confidence">
        <ClassDifficulty run={run} />
      </LazySection>
      <LazySection title="Goal switches" about="niches taken by the child of another niche’s elite">
        <GoalSwitches run={run} />
      </LazySection>
      <LazySection title="Shared descent" about="label distance by relatedness">
        <SharedDescent run={run} />
      </LazySection>
      <LazySection title="Detectors" about="AUROC and FPR@95 by generation">
        <Detectors run={run} />
      </LazySection>
    </section>
  );
}
