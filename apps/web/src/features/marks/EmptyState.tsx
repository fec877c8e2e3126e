/** Nothing here yet: what would be here, and the next step. */
import type { ReactNode } from "react";

export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="emptyState">
      <h2 className="t18">{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div className="pageActions">{action}</div> : null}
    </div>
  );
}
