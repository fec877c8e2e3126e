"use client";
/** The frame of the pages without a rail: the mark above, one column, a line of facts and the theme below. */
import { type ReactNode, useSyncExternalStore } from "react";
import { Logo } from "../shell/Logo.tsx";
import styles from "./EntranceFrame.module.css";
import { ThemeChoice } from "./ThemeChoice.tsx";

interface EntranceFrameProps {
  /** Where the user is, beside the mark. */
  readonly note?: string;
  /** Replaces the theme switch at the right of the footer. */
  readonly footNote?: string;
  readonly children: ReactNode;
}

export function EntranceFrame({ note, footNote, children }: EntranceFrameProps) {
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <span className={styles.mark}>
          <Logo />
          Pareidolia
        </span>
        {note === undefined ? null : <span className="t12 muted">{note}</span>}
      </header>
      <main className={styles.column}>{children}</main>
      <footer className={`${styles.foot} t12 muted`}>
        <Host />
        {footNote === undefined ? <ThemeChoice /> : <span>{footNote}</span>}
      </footer>
    </div>
  );
}

const noSubscription = () => () => {};

/** The server's name, by which users notice that they are on the wrong one. */
function Host() {
  const host = useSyncExternalStore(
    noSubscription,
    () => location.host,
    () => "",
  );
  return <span>{host}</span>;
}
