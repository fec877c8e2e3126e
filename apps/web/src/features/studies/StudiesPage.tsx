"use client";
/** The list of studies. View and search are in the URL. */
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef, useState } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { oneOf } from "../marks/addressProblems.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { CompareBar } from "./CompareBar.tsx";
import { NewStudy } from "./NewStudy.tsx";
import styles from "./Studies.module.css";
import { StudyList } from "./StudyList.tsx";
import { studyFilter, studyViews, viewLabels } from "./studyViews.ts";

const rules = [{ ...oneOf("view", studyViews, "all"), instead: "all studies are shown" }];

export function StudiesPage() {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(studyViews).withDefault("all").withOptions({ history: "push" }));
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 200 }));
  const [selected, setSelected] = useState<readonly string[]>([]);
  const toggle = (key: string) => setSelected(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key]);
  const searchInput = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchInput.current?.focus(), { preventDefault: true, useKey: true });
  return (
    <div className="page">
      <PagePath here="Studies" />
      <div className="pageHead">
        <div>
          <h1>Studies</h1>
          <p>People vote on what they see in images, by rules that are locked before the first vote.</p>
        </div>
        <NewStudy shortcut />
      </div>
      <AddressCheck rules={rules} names={["q"]} />
      <div className={styles.filters}>
        <div className={styles.search}>
          <input
            ref={searchInput}
            className="input"
            type="search"
            data-slash=""
            aria-label="Filter studies by key or title"
            placeholder="Filter by key or title"
            value={search}
            onChange={(event) => void setSearch(event.target.value || null)}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
        <div className={styles.views} role="group" aria-label="State">
          {studyViews.map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => void setView(name)}>
              {viewLabels[name]}
            </button>
          ))}
        </div>
      </div>
      <StudyList
        key={`${view} ${search}`}
        filter={studyFilter(view, search)}
        filtered={view !== "all" || search.trim() !== ""}
        selected={selected}
        onToggle={toggle}
      />
      {selected.length === 0 ? null : <CompareBar selected={selected} onClear={() => setSelected([])} />}
    </div>
  );
}
