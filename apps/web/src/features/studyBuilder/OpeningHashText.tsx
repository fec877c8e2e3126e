/** The hash of the plan to lock, and who computed it if this browser could not. */
import styles from "./OpenStudy.module.css";
import type { OpeningHash } from "./openingHash.ts";

export function OpeningHashText({ found }: { readonly found: OpeningHash | undefined }) {
  if (found === undefined) return <code className={styles.hash}>computing</code>;
  const { hash, computedBy } = found;
  return (
    <>
      <code className={styles.hash}>{hash ?? "unknown"}</code>
      {computedBy === "browser" ? null : hash === null ? (
        <> The server did not compute it, and this browser computes hashes only on pages with HTTPS.</>
      ) : (
        <> Computed by the server, since this browser computes hashes only on pages with HTTPS.</>
      )}
    </>
  );
}
