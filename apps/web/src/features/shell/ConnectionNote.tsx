"use client";
/** Says over any page that requests fail, and whether that is because the browser is offline or because the API does not answer. */
import { useOffline } from "./useOffline.ts";

export function ConnectionNote({ answered }: { answered: boolean }) {
  const offline = useOffline();
  return (
    <div role="status" aria-label="Connection">
      {answered ? null : (
        <p className="connectionNote t12">
          <b>{offline ? "This browser is offline." : "The API does not answer."}</b> This page may be out of date. Runs continue without it;
          it tries again every few seconds.
        </p>
      )}
    </div>
  );
}
