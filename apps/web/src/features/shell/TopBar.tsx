"use client";
/** The top bar: the current page's path, and the search button that opens the command palette. */
import { Fragment } from "react";
import { Keys } from "../marks/Keys.tsx";
import { Link } from "../marks/Link.tsx";
import { Bell } from "../notifications/Bell.tsx";
import type { Account } from "../session/account.ts";
import { WorkspaceMenu } from "../workspaces/WorkspaceMenu.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { Logo } from "./Logo.tsx";
import { useCurrentPath } from "./PagePath.tsx";
import styles from "./TopBar.module.css";

interface TopBarProps {
  /** Null in single-user mode. */
  readonly account: Account | null;
  /** Undefined while it loads. */
  readonly workspaceName: string | undefined;
  readonly onSearch: () => void;
  /** Shows the page's queries. */
  readonly onQueries: () => void;
}

export function TopBar({ account, workspaceName, onSearch, onQueries }: TopBarProps) {
  const { steps, here } = useCurrentPath();
  return (
    <header className={styles.topBar}>
      <Link className={styles.topMark} href="/" aria-label="Pareidolia, home">
        <Logo />
      </Link>
      <nav className={styles.topPath} aria-label="Path">
        {steps.map((step) => (
          <Fragment key={step.href}>
            <Link href={step.href}>{step.label}</Link>
            <i aria-hidden="true">/</i>
          </Fragment>
        ))}
        <b aria-current="page">{here}</b>
      </nav>
      <button type="button" className={styles.topSearch} onClick={onSearch} aria-keyshortcuts="Meta+K Control+K">
        <span>Search or jump to</span>
        <svg className={styles.topGlass} width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" />
          <path d="M10.5 10.5L14 14" />
        </svg>
        <Keys shortcut="mod+K" aria-hidden="true" />
      </button>
      <button type="button" className={styles.topQueries} onClick={onQueries} aria-haspopup="dialog" aria-label="This page’s queries">
        {"{ }"}
      </button>
      <Bell />
      {account ? <WorkspaceMenu name={workspaceName} place="topBar" /> : null}
      {account ? <AccountMenu account={account} place="topBar" /> : null}
    </header>
  );
}
