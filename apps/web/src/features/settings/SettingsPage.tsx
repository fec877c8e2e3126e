"use client";
/** The frame of every settings page: the workspace's name, a line about the tab, its actions, and the tabs. */
import { type ReactNode, useEffect, useRef } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Link } from "../marks/Link.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./SettingsPage.module.css";
import { type SettingsTab, tabsFor } from "./settingsTabs.ts";
import { useSettings } from "./useSettings.ts";

interface SettingsPageProps {
  readonly tab: SettingsTab;
  readonly summary: ReactNode;
  readonly actions?: ReactNode;
  /** The parameters of the page's address. */
  readonly names?: readonly string[];
  readonly children: ReactNode;
}

export function SettingsPage({ tab, summary, actions, names = [], children }: SettingsPageProps) {
  const { data } = useSettings();
  const { permits, isKnown } = usePermissions();
  const tabs = useRef<HTMLElement>(null);
  const isLoaded = data !== undefined && isKnown;
  // On a phone the row of tabs is wider than the window. Some tabs appear once the viewer's permissions are known.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tabs depend on both
  useEffect(() => {
    tabs.current?.querySelector("[aria-current='page']")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab, isLoaded]);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Settings", href: "/settings" }]} here={tab} />
      <header className="pageHead">
        <div>
          <h1>{data?.viewer.workspace.name ?? <Skeleton width={220} height={32} />}</h1>
          <p>{summary}</p>
        </div>
        {actions === undefined ? null : <div className="pageActions">{actions}</div>}
      </header>
      <nav ref={tabs} className={styles.tabs} aria-label="Settings">
        {tabsFor(permits).map(({ name, href, count }) => (
          <Link key={name} href={href} aria-current={name === tab ? "page" : undefined}>
            {name}
            {data === undefined || count === undefined ? null : <span className="n12">{count(data)}</span>}
          </Link>
        ))}
      </nav>
      <AddressCheck names={names} />
      {children}
    </div>
  );
}
