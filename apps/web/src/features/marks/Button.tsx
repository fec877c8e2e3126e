"use client";
/**
 * Buttons, and links styled as buttons. A button shows its keyboard shortcut. A submit button, and with it Enter in its form, works once
 * React handles the form; before that, the browser would leave the page.
 */

import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";
import { Link } from "./Link.tsx";
import { useHydrated } from "./useHydrated.ts";

type Look = "plain" | "primary" | "quiet";

function classOf(look: Look): string {
  return look === "plain" ? `${styles.button}` : `${styles.button} ${styles[look]}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly shortcut?: string;
}

export function Button({ look = "plain", shortcut, children, className, type = "button", disabled, ...rest }: ButtonProps) {
  const loading = !useHydrated() && type === "submit";
  return (
    <button
      type={type}
      className={className ? `${classOf(look)} ${className}` : classOf(look)}
      disabled={loading || disabled}
      data-loading={loading && !disabled ? true : undefined}
      {...rest}
    >
      {children}
      {shortcut ? <kbd aria-hidden="true">{shortcut}</kbd> : null}
    </button>
  );
}

export function ButtonLink({
  look = "plain",
  shortcut,
  href,
  children,
}: {
  look?: Look;
  shortcut?: string;
  href: string;
  children: ReactNode;
}) {
  return (
    <Link className={classOf(look)} href={href}>
      {children}
      {shortcut ? <kbd aria-hidden="true">{shortcut}</kbd> : null}
    </Link>
  );
}
