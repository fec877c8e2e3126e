"use client";
/** The images of all runs, found by a search. View, search, order and scroll position are in the URL. */
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { useQueryState } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { useNoteQuery } from "../../graphql/client/pageQueries.tsx";
import { Terms } from "../glossary/Terms.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SearchField } from "../search/SearchField.tsx";
import { problemOf } from "../search/searchEditor.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { AskAboutImages } from "../studies/AskAboutImages.tsx";
import { useViewChanges } from "../views/useViewChanges.ts";
import { ViewTabs } from "../views/ViewTabs.tsx";
import styles from "./Gallery.module.css";
import { GalleryChips } from "./GalleryChips.tsx";
import { GalleryCount } from "./GalleryCount.tsx";
import { GalleryImages } from "./GalleryImages.tsx";
import { gallerySource } from "./gallerySource.ts";
import { type GalleryList, galleryParsers, galleryRules, galleryViews, positionParser } from "./galleryState.ts";
import { useGalleryPages } from "./useGalleryPages.ts";
import { useGalleryView } from "./useGalleryView.ts";

const firstScreen = 60;

export function GalleryPage() {
  const [position, setPosition] = useQueryState("at", positionParser.withOptions({ history: "replace", scroll: false }));
  const initialPosition = useRef(Math.max(0, position));
  const [neededCount, setNeededCount] = useState(Math.max(firstScreen, position + firstScreen));
  const showFirst = useCallback(() => {
    initialPosition.current = 0;
    setNeededCount(firstScreen);
    void setPosition(null);
    window.scrollTo({ top: 0 });
  }, [setPosition]);
  const { view, state, listView, change, show } = useGalleryView(showFirst);
  const { q: search, sort, ids } = view;
  const changes = useViewChanges("IMAGES", listView.refetch);
  // Who may not create studies may not read their results either.
  const showsPeople = usePermissions().may("createStudy");

  const list: GalleryList = useMemo(() => ({ search, sort, ids }), [search, sort, ids]);
  const problem = useMemo(() => problemOf(search, imageFields), [search]);
  const source = useMemo(() => gallerySource(list), [list]);
  useNoteQuery(source.query.document, source.query.variables);
  const pages = useGalleryPages(source, {
    count: neededCount,
    position: Math.max(0, position),
    isReady: problem === null && !listView.isOpening,
  });
  const requestCount = useCallback((count: number) => setNeededCount((current) => Math.max(current, count)), []);
  const savePosition = useCallback((index: number) => void setPosition(index === 0 ? null : index), [setPosition]);

  const [selection, setSelection] = useState<ReadonlySet<string> | null>(null);
  const toggle = useCallback((imageId: string) => {
    setSelection((current) => {
      const next = new Set(current);
      if (!next.delete(imageId)) next.add(imageId);
      return next;
    });
  }, []);
  const { open } = listView;
  const stored = open?.problem;
  const knownProblem = useMemo(
    () => (open != null && stored != null ? { search: open.search, problem: { ...stored, hint: stored.hint ?? null } } : null),
    [open, stored],
  );
  const { total, latestTotal, latestTotalIsCapped } = pages;
  const count =
    total === null || latestTotal === null || problem !== null
      ? null
      : `${formatTotal(latestTotal, latestTotalIsCapped)} ${latestTotal === 1 ? "image" : "images"}`;

  return (
    <div className="page">
      <PagePath here="Gallery" />
      <header className="pageHead">
        <div>
          <h1>Gallery</h1>
          <p>
            <Terms>The elites of evolutions and the images of all other runs. Confidences are measured on the stored images.</Terms>
          </p>
        </div>
        <Button needs="createStudy" aria-pressed={selection !== null} onClick={() => setSelection(selection === null ? new Set() : null)}>
          {selection === null ? "Select" : "Stop selecting"}
        </Button>
      </header>
      <AddressCheck rules={galleryRules} names={Object.keys(galleryParsers)} otherProblems={listView.problems} />
      <ViewTabs
        view={listView}
        builtIn={galleryViews}
        state={state}
        changes={changes}
        count={(text) => <GalleryCount search={text} />}
        onSaved={(key) => show(key, state, "push")}
      />
      <SearchField
        value={search}
        registry={imageFields}
        label="Search images"
        placeholder="class = penguin AND confidence > 0.99 AND experiment = EXP-1"
        note={count === null ? null : <output className="n12">{count}</output>}
        known={knownProblem}
        onSearch={(text, history) => void change({ q: text }, { history })}
      />
      <GalleryChips search={search} showsPeople={showsPeople} onSearch={(text) => void change({ q: text })} />
      {ids === null ? null : (
        <p className={styles.chosen}>
          Showing {formatTotal(ids.length, false)} selected {ids.length === 1 ? "elite" : "elites"}.{" "}
          <button type="button" className="link" onClick={() => void change({ ids: null })}>
            Show all images
          </button>
        </p>
      )}
      {problem !== null ? (
        <EmptyState title="Invalid search">Correct it above; the characters at fault are underlined.</EmptyState>
      ) : (
        <GalleryImages
          list={list}
          pages={pages}
          initialPosition={initialPosition.current}
          showsPeople={showsPeople}
          selection={selection}
          onToggle={toggle}
          onSort={(next) => void change({ sort: next })}
          onClear={() => void change({ q: "", ids: null })}
          onPositionChange={savePosition}
          onCountNeeded={requestCount}
        />
      )}
      {selection === null ? null : <AskAboutImages selection={selection} onClear={() => setSelection(new Set())} />}
    </div>
  );
}
