/** Parts that the forms of these pages share: the refusal of an attempt, and the button. */
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import styles from "./FormParts.module.css";

export function FormRefusal({ message }: { message: string | null }) {
  return (
    <div role="alert" className={styles.refusal}>
      {message === null ? null : <p>{message}</p>}
    </div>
  );
}

interface SubmitProps {
  readonly busy: boolean;
  readonly busyLabel: string;
  readonly disabled?: boolean;
  readonly shortcut?: string;
  readonly children: ReactNode;
}

export function Submit({ busy, busyLabel, disabled = false, shortcut, children }: SubmitProps) {
  return (
    <Button
      type="submit"
      look="primary"
      className={styles.submit}
      disabled={busy || disabled}
      {...(shortcut === undefined || busy ? {} : { shortcut })}
    >
      {busy ? busyLabel : children}
    </Button>
  );
}

/** In place of a form: what happened, and what to do. */
export function EntranceMessage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className={styles.message}>
      <h1>{title}</h1>
      <p className="second">{children}</p>
      {action === undefined ? null : <div className="pageActions">{action}</div>}
    </section>
  );
}
