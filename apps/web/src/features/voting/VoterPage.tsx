"use client";
/** The frame of the pages before and after the trials: one column, its actions within reach of the thumb. */
import type { ReactNode } from "react";
import styles from "./VoterPage.module.css";

interface VoterPageProps {
  /** A line above the title. */
  readonly above?: string;
  readonly title: string;
  /** At the top right, such as the languages. */
  readonly corner?: ReactNode;
  readonly children?: ReactNode;
  /** They stay within the screen, and longer pages scroll behind them. */
  readonly actions?: ReactNode;
  /** Whether the column is wide on a desk, for long texts. */
  readonly wide?: boolean;
  /** Whether every step of the progress line is done. */
  readonly done?: boolean;
}

export function VoterPage({ above, title, corner, children, actions, wide = false, done = false }: VoterPageProps) {
  return (
    <main className={done ? `${styles.page} ${styles.done}` : styles.page}>
      <div className={wide ? `${styles.column} ${styles.broad}` : styles.column}>
        <header className={styles.head}>
          {above === undefined ? null : <p className="t12 muted">{above}</p>}
          {corner}
          <h1>{title}</h1>
        </header>
        {children}
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </div>
    </main>
  );
}
