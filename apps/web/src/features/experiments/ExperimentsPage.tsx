"use client";
/** The table of all experiments. View and search are in the URL. */
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { oneOf } from "../marks/addressProblems.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { ExperimentList } from "./ExperimentList.tsx";
import styles from "./ExperimentsPage.module.css";
import { experimentFilter, experimentViews, viewLabels } from "./experimentViews.ts";
import { NewExperimentDialog } from "./NewExperimentDialog.tsx";

const rules = [{ ...oneOf("view", experimentViews, "all"), instead: "all experiments are shown" }];

export function ExperimentsPage() {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(experimentViews).withDefault("all"));
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 200 }));
  const [creating, setCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  const searchInput = useRef<HTMLInputElement>(null);
  useShortcut("n", () => void setCreating(true), { preventDefault: true });
  useShortcut("/", () => searchInput.current?.focus(), { preventDefault: true, useKey: true });
  return (
    <div className="page">
      <PagePath here="Experiments" />
      <div className="pageHead">
        <h1>Experiments</h1>
        <div className="pageActions">
          <ButtonLink href="/runs">Search runs</ButtonLink>
          <ButtonLink href="/import">Import</ButtonLink>
          <Button look="primary" shortcut="N" onClick={() => void setCreating(true)}>
            New experiment
          </Button>
        </div>
      </div>
      <AddressCheck rules={rules} names={["q"]} />
      <div className={styles.viewTabs} role="group" aria-label="View">
        {experimentViews.map((name) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => void setView(name)}>
            {viewLabels[name]}
          </button>
        ))}
      </div>
      <div className={styles.filterBar}>
        <input
          ref={searchInput}
          className="input"
          type="search"
          aria-label="Filter experiments by key or name"
          placeholder="Filter by key or name"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <ExperimentList
        key={`${view} ${search}`}
        filter={experimentFilter(view, search)}
        filtered={view !== "all" || search !== ""}
        onCreate={() => void setCreating(true)}
      />
      <NewExperimentDialog open={creating} onClose={() => void setCreating(false)} />
    </div>
  );
}
