"use client";
/** Tabs of a part of a page. The arrow keys move between them. */
import { type KeyboardEvent, useRef } from "react";
import styles from "./TabList.module.css";

interface TabListProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly current: Id;
  /** The ID of the element that shows the current tab, and the prefix of the tabs' own. */
  readonly panelId: string;
  readonly onChange: (id: Id) => void;
}

/** The ID of a tab, for the label of its panel. */
export function tabId(panelId: string, id: string): string {
  return `${panelId}-${id}`;
}

export function TabList<Id extends string>({ label, tabs, current, panelId, onChange }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const moveByKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = (tabs.findIndex(({ id }) => id === current) + by + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab === undefined) return;
    onChange(tab.id);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={moveByKey}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={tabId(panelId, tab.id)}
          aria-selected={tab.id === current}
          aria-controls={panelId}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
