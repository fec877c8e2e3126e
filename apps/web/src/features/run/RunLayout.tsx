/**
 * The layout of every run's page: head and content on the left, state and facts on the right. On a phone, state and controls follow the
 * head, and the facts come last.
 */
import type { ReactNode, Ref } from "react";
import styles from "./RunLayout.module.css";

interface RunLayoutProps {
  readonly head: ReactNode;
  /** State, progress and controls. */
  readonly progress: ReactNode;
  /** Further facts about the run: speed, milestones, recipe. */
  readonly facts?: ReactNode;
  /** Reserves space while the content loads, so that the layout does not jump. */
  readonly busy?: boolean;
  readonly frame?: Ref<HTMLDivElement>;
  /** Name of the side panel for screen readers. */
  readonly label?: string;
  readonly children: ReactNode;
}

export function RunLayout({ head, progress, facts, busy = false, frame, label = "The run", children }: RunLayoutProps) {
  return (
    <div className={styles.runSplit} aria-busy={busy || undefined}>
      <div className={styles.runTop}>{head}</div>
      <aside className={styles.runAside} aria-label={label}>
        <div className={styles.runNow}>{progress}</div>
        <div className={styles.runFacts}>{facts}</div>
      </aside>
      <div className={styles.runMain} ref={frame} data-busy={busy || undefined}>
        {children}
      </div>
    </div>
  );
}
