"use client";
/** A collapsed section of a page that renders its content, and so sends its queries, when the user first opens it. */
import { type ReactNode, useState } from "react";
import styles from "./RunAnalyses.module.css";

export function LazySection({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details
      className={styles.section}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary className={styles.summary}>
        <h2>{title}</h2> <span className="t12 muted">{about}</span>
      </summary>
      {opened ? <div className={styles.body}>{children}</div> : null}
    </details>
  );
}
