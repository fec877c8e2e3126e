"use client";
/** A banner shown on every page while requests fail, because either the browser is offline or the API is down. It says what still works. */
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useSyncExternalStore } from "react";
import { usePathname, useRouter } from "../addresses/navigation.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { awaitedPage } from "./awaitedPage.ts";
import styles from "./ConnectionNote.module.css";
import { useOffline } from "./useOffline.ts";

export function ConnectionNote({ answered }: { answered: boolean }) {
  const offline = useOffline();
  return (
    <div role="status" aria-label="Connection">
      {offline ? (
        <p className={`${styles.connectionNote} t12`}>
          <b>This browser is offline.</b> Runs continue on the server. You can read this page, as it was when the connection was lost, and
          write: unsent text stays in this browser. Changes can be sent again once the connection is back. <AwaitedPage />
        </p>
      ) : answered ? null : (
        <p className={`${styles.connectionNote} t12`}>
          <b>The API does not answer.</b> This page may be out of date. Runs continue, and the page retries every few seconds.
        </p>
      )}
    </div>
  );
}

function AwaitedPage() {
  const router = useRouter();
  const pathname = usePathname();
  const awaited = useSyncExternalStore(awaitedPage.onChange, awaitedPage.find, () => null);
  if (awaited === null || readWorkspaceAddress(awaited).path === pathname) return null;
  return (
    <>
      <b>The page you asked for opens as soon as it is.</b>{" "}
      <button
        type="button"
        className={toolButtonStyles.toolButton}
        // A later navigation replaces the one that waits.
        onClick={() => router.replace(`${location.pathname}${location.search}`)}
      >
        Stay here
      </button>
    </>
  );
}
