/** The placeholder of an empty list or page: what will appear here, and the next step. */
import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.emptyState}>
      <h2 className="t18">{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div className="pageActions">{action}</div> : null}
    </div>
  );
}
