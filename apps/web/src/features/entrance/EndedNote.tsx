"use client";
/** Says on the sign-in page why the session ended, and whether unsent texts were kept. */
import { useSyncExternalStore } from "react";
import { findEnding } from "../session/endedSession.ts";
import styles from "./entrance.module.css";

const texts = {
  expired: "Your session has expired: you have not used Pareidolia for a while.",
  ended: "Your session was ended: in another browser, by a new password, or by an administrator of this server.",
} as const;

const never = () => () => {};

/** @param hadSession whether the browser still sends the cookie of a session that has ended */
export function EndedNote({ hadSession }: { readonly hadSession: boolean }) {
  const ending = useSyncExternalStore(never, findEnding, () => null) ?? (hadSession ? "ended" : null);
  return (
    <div role="status" className={styles.ended}>
      {ending === null ? null : (
        <p>
          <b>{texts[ending]}</b> What you had not sent yet is kept in this browser, and is there again once you have signed in.
        </p>
      )}
    </div>
  );
}
