"use client";
/**
 * A form that only some members may send. For others it starts with the reason and who can help, and its fields and buttons are disabled.
 */
import type { ReactNode } from "react";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { Link } from "../marks/Link.tsx";
import styles from "./PermittedForm.module.css";
import { usePermissions } from "./usePermissions.ts";

interface PermittedFormProps {
  readonly needs: MutationName;
  /** Another reason than the role, such as a lock. */
  readonly refusal?: string | null;
  readonly children: ReactNode;
}

export function PermittedForm({ needs, refusal = null, children }: PermittedFormProps) {
  const ofRole = usePermissions().refusalOf(needs);
  const reason = ofRole ?? refusal;
  return (
    <>
      {reason === null ? null : (
        <p className={styles.refusal} role="status">
          <b>{reason}</b>
          {ofRole === null ? null : (
            <>
              {" "}
              See{" "}
              <Link className="link" href="/settings/members">
                Members
              </Link>{" "}
              for the owners.
            </>
          )}
        </p>
      )}
      <fieldset className={styles.form} disabled={reason !== null} data-needs={needs}>
        {children}
      </fieldset>
    </>
  );
}
