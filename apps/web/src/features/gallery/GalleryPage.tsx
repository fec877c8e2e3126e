"use client";
/** Images of all runs, one kind of run at a time. Filters, order and scroll position are in the URL. */
import { useSearchParams } from "next/navigation";
import { useQueryState, useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { Terms } from "../glossary/Terms.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { findChoices } from "./findChoices.ts";
import styles from "./Gallery.module.css";
import { GalleryGrid } from "./GalleryGrid.tsx";
import { galleryKinds, isNarrowed } from "./galleryKinds.ts";
import { gallerySource } from "./gallerySource.ts";
import { type GalleryState, galleryParsers, galleryRules, placeParser } from "./galleryState.ts";
import { useGalleryChoices } from "./useGalleryChoices.ts";
import { useGalleryPages } from "./useGalleryPages.ts";

const firstScreen = 60;

export function GalleryPage() {
  const [asked, setState] = useQueryStates(galleryParsers, { history: "push", scroll: false });
  const address = useSearchParams();
  const [place, setPlace] = useQueryState("at", placeParser.withOptions({ history: "replace", scroll: false }));
  const choices = useGalleryChoices(asked.experiment, asked.kind);
  const { models, encodings } = choices;
  const { state, problems } = useMemo(() => findChoices(asked, address, { models, encodings }), [asked, address, models, encodings]);
  const firstPlace = useRef(Math.max(0, place));
  const [wanted, setWanted] = useState(Math.max(firstScreen, place + firstScreen));

  const source = useMemo(() => gallerySource(state), [state]);
  const { items, total, totalIsCapped, error, retry } = useGalleryPages(source, {
    wanted,
    place: Math.max(0, place),
    ready: !choices.areLoading || (asked.model === null && asked.encoding === null),
  });

  const change = useCallback(
    (next: Partial<GalleryState>) => {
      firstPlace.current = 0;
      setWanted(firstScreen);
      void setPlace(null);
      void setState(next);
      window.scrollTo({ top: 0 });
    },
    [setPlace, setState],
  );
  const clear = () =>
    change({ experiment: null, run: null, model: null, encoding: null, method: null, label: null, min: null, outcome: "any" });
  const want = useCallback((count: number) => setWanted((now) => Math.max(now, count)), []);
  const stand = useCallback((index: number) => void setPlace(index === 0 ? null : index), [setPlace]);

  const loading = total === null && error === null;
  const count = loading || total === null ? "" : `${formatTotal(total, totalIsCapped)} ${total === 1 ? "image" : "images"}`;

  return (
    <div className="page">
      <PagePath here="Gallery" />
      <header className="pageHead">
        <div>
          <h1>Gallery</h1>
          <p>
            <Terms>{galleryKinds[state.kind].line}</Terms>
          </p>
        </div>
      </header>
      <AddressCheck rules={galleryRules} names={Object.keys(galleryParsers)} otherProblems={problems} />
      <FilterBar state={state} choices={choices} onChange={change} count={count} />
      {error !== null && items.length === 0 ? <RequestError message={error} onRetry={retry} /> : null}
      {loading ? <LoadingGrid /> : null}
      {total === 0 ? (
        isNarrowed(state) ? (
          <EmptyState title="No matching images" action={<Button onClick={clear}>Clear the filters</Button>}>
            No image found so far matches all of these filters.
          </EmptyState>
        ) : (
          <EmptyState title="No images yet" action={<ButtonLink href="/new">New run</ButtonLink>}>
            Images appear here with the first checkpoint of a run.
          </EmptyState>
        )
      ) : null}
      {total !== null && total > 0 ? (
        <GalleryGrid key={JSON.stringify(state)} items={items} total={total} place={firstPlace.current} onPlace={stand} onWant={want} />
      ) : null}
      {error !== null && items.length > 0 ? <RequestError message={error} onRetry={retry} /> : null}
    </div>
  );
}

function LoadingGrid() {
  return (
    <div className={styles.loading} role="status" aria-label="Loading images">
      {Array.from({ length: 24 }, (_, index) => (
        <span key={index} className={styles.blank} />
      ))}
    </div>
  );
}
