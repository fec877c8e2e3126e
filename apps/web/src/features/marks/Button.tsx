"use client";
/**
 * Buttons, and links styled as buttons. A button shows its keyboard shortcut. A submit button, and with it Enter in its form, works once
 * React handles the form; before that, the browser would leave the page.
 *
 * A button for a change names the mutation that it needs. For a user whose role does not permit that, a primary button is disabled and says
 * why, and another is absent. `refusal` disables any button, for a reason that the user may be able to remove, such as a lock.
 */

import type { ButtonHTMLAttributes, ReactNode } from "react";
import { toast } from "sonner";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import styles from "./Button.module.css";
import { Keys } from "./Keys.tsx";
import { Link } from "./Link.tsx";
import { useHydrated } from "./useHydrated.ts";

type Look = "plain" | "primary" | "quiet";

function classOf(look: Look): string {
  return look === "plain" ? `${styles.button}` : `${styles.button} ${styles[look]}`;
}

interface Needs {
  readonly needs?: MutationName | undefined;
  readonly refusal?: string | null;
}

/** Whether the button is absent, and why it is disabled. */
function useRefusal(look: Look, { needs, refusal = null }: Needs): { readonly isAbsent: boolean; readonly reason: string | null } {
  const { refusalOf } = usePermissions();
  const ofRole = needs === undefined ? null : refusalOf(needs);
  return { isAbsent: ofRole !== null && look !== "primary", reason: ofRole ?? refusal };
}

/** It can be focused and pressed, to read the reason without a mouse. */
function RefusedButton({
  needs,
  className,
  reason,
  children,
}: Pick<Needs, "needs"> & { className: string; reason: string; children: ReactNode }) {
  return (
    <button type="button" className={className} aria-disabled="true" data-needs={needs} title={reason} onClick={() => toast(reason)}>
      {children}
    </button>
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Needs {
  readonly look?: Look;
  /** Such as "N" or "mod+↵". */
  readonly shortcut?: string;
}

export function Button({
  look = "plain",
  shortcut,
  children,
  className,
  type = "button",
  disabled,
  needs,
  refusal = null,
  ...rest
}: ButtonProps) {
  const { may } = usePermissions();
  const { isAbsent, reason } = useRefusal(look, { needs, refusal });
  const isHydrated = useHydrated();
  const loading = (!isHydrated && type === "submit") || (needs !== undefined && !may(needs));
  const classes = className ? `${classOf(look)} ${className}` : classOf(look);
  if (isAbsent) return null;
  if (reason !== null)
    return (
      <RefusedButton needs={needs} className={classes} reason={reason}>
        {children}
      </RefusedButton>
    );
  return (
    <button
      type={type}
      className={classes}
      disabled={loading || disabled}
      data-loading={loading && !disabled ? true : undefined}
      data-needs={needs}
      {...rest}
    >
      {children}
      {shortcut ? <Keys shortcut={shortcut} aria-hidden="true" /> : null}
    </button>
  );
}

interface ButtonLinkProps extends Needs {
  readonly look?: Look;
  readonly shortcut?: string;
  readonly href: string;
  readonly children: ReactNode;
}

export function ButtonLink({ look = "plain", shortcut, href, children, needs, refusal = null }: ButtonLinkProps) {
  const { isAbsent, reason } = useRefusal(look, { needs, refusal });
  if (isAbsent) return null;
  if (reason !== null)
    return (
      <RefusedButton needs={needs} className={classOf(look)} reason={reason}>
        {children}
      </RefusedButton>
    );
  return (
    <Link className={classOf(look)} href={href} data-needs={needs}>
      {children}
      {shortcut ? <Keys shortcut={shortcut} aria-hidden="true" /> : null}
    </Link>
  );
}
