"use client";
/** A banner shown on every page while requests fail, because either the browser is offline or the API is down. */
import styles from "./ConnectionNote.module.css";
import { useOffline } from "./useOffline.ts";

export function ConnectionNote({ answered }: { answered: boolean }) {
  const offline = useOffline();
  return (
    <div role="status" aria-label="Connection">
      {answered ? null : (
        <p className={`${styles.connectionNote} t12`}>
          <b>{offline ? "This browser is offline." : "The API does not answer."}</b> This page may be out of date. Runs continue, and the
          page retries every few seconds.
        </p>
      )}
    </div>
  );
}
