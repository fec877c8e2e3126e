"use client";
/** The images of all runs, one kind of run at a time. Filters, order and scroll position are in the URL. */
import { useSearchParams } from "next/navigation";
import { useQueryState, useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import { useNoteQuery } from "../../graphql/client/pageQueries.tsx";
import { Terms } from "../glossary/Terms.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { AskAboutImages } from "../studies/AskAboutImages.tsx";
import { checkChoices } from "./checkChoices.ts";
import { FilterBar } from "./FilterBar.tsx";
import styles from "./Gallery.module.css";
import { GalleryGrid } from "./GalleryGrid.tsx";
import { GalleryTools } from "./GalleryTools.tsx";
import { filtersPeople, galleryKinds, isFiltered, withoutPeople } from "./galleryKinds.ts";
import { gallerySource } from "./gallerySource.ts";
import { type GalleryState, galleryParsers, galleryRules, positionParser } from "./galleryState.ts";
import { useGalleryChoices } from "./useGalleryChoices.ts";
import { useGalleryPages } from "./useGalleryPages.ts";

const firstScreen = 60;

export function GalleryPage() {
  const [requested, setState] = useQueryStates(galleryParsers, { history: "push", scroll: false });
  const address = useSearchParams();
  const [position, setPosition] = useQueryState("at", positionParser.withOptions({ history: "replace", scroll: false }));
  const choices = useGalleryChoices(requested.experiment, requested.kind);
  const { models, encodings } = choices;
  const { may, refusalOf } = usePermissions();
  // Who may not create studies may not read their results either; null until it is known.
  const mayReadPeople = may("createStudy") ? true : refusalOf("createStudy") === null ? null : false;
  const { state, problems } = useMemo(
    () => checkChoices(requested, address, { models, encodings, mayReadPeople }),
    [requested, address, models, encodings, mayReadPeople],
  );
  const initialPosition = useRef(Math.max(0, position));
  const [neededCount, setNeededCount] = useState(Math.max(firstScreen, position + firstScreen));

  const source = useMemo(() => gallerySource(state), [state]);
  useNoteQuery(source.query.document, source.query.variables);
  const { items, total, latestTotal, latestTotalIsCapped, error, retry } = useGalleryPages(source, {
    count: neededCount,
    position: Math.max(0, position),
    isReady:
      (!choices.areLoading || (requested.model === null && requested.encoding === null)) &&
      (mayReadPeople !== null || !filtersPeople(requested)),
  });

  const change = useCallback(
    (next: Partial<GalleryState>) => {
      initialPosition.current = 0;
      setNeededCount(firstScreen);
      void setPosition(null);
      void setState(next);
      window.scrollTo({ top: 0 });
    },
    [setPosition, setState],
  );
  const clear = () =>
    change({
      ids: null,
      experiment: null,
      run: null,
      model: null,
      encoding: null,
      method: null,
      label: null,
      min: null,
      outcome: "any",
      ...withoutPeople,
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
  const loading = total === null && error === null;
  const count =
    loading || latestTotal === null ? "" : `${formatTotal(latestTotal, latestTotalIsCapped)} ${latestTotal === 1 ? "image" : "images"}`;

  return (
    <div className="page">
      <PagePath here="Gallery" />
      <header className="pageHead">
        <div>
          <h1>Gallery</h1>
          <p>
            <Terms>{galleryKinds[state.kind].description}</Terms>
          </p>
        </div>
        <Button needs="createStudy" aria-pressed={selection !== null} onClick={() => setSelection(selection === null ? new Set() : null)}>
          {selection === null ? "Select" : "Stop selecting"}
        </Button>
      </header>
      <AddressCheck rules={galleryRules} names={Object.keys(galleryParsers)} otherProblems={problems} />
      <FilterBar state={state} choices={choices} onChange={change} count={count} showsPeople={mayReadPeople === true} />
      {filtersPeople(state) ? (
        <p className={`${styles.note} t12 muted`}>
          The share of people who name the label, over all studies of this workspace. Images of a study in which you still vote are left
          out.
        </p>
      ) : null}
      {state.ids !== null && state.kind === "evolution" ? (
        <p className={styles.chosen}>
          Only {formatTotal(state.ids.length, false)} chosen {state.ids.length === 1 ? "elite is" : "elites are"} shown.{" "}
          <button type="button" className="link" onClick={() => change({ ids: null, holding: "now" })}>
            Show all elites
          </button>
        </p>
      ) : null}
      {error !== null && items.length === 0 ? <RequestError message={error} onRetry={retry} /> : null}
      {loading ? <LoadingGrid /> : null}
      {total === 0 ? (
        isFiltered(state) ? (
          <EmptyState title="No matching images" action={<Button onClick={clear}>Clear the filters</Button>}>
            No image matches all of these filters.
          </EmptyState>
        ) : (
          <EmptyState
            title="No images yet"
            action={
              <ButtonLink needs="startEvolution" href="/new">
                New run
              </ButtonLink>
            }
          >
            Images appear here after the first checkpoint of a run.
          </EmptyState>
        )
      ) : null}
      {total !== null && total > 0 ? (
        <>
          <GalleryTools state={state} />
          <GalleryGrid
            key={JSON.stringify(state)}
            items={items}
            total={total}
            initialPosition={initialPosition.current}
            onPositionChange={savePosition}
            onCountNeeded={requestCount}
            selection={selection}
            onToggle={toggle}
          />
        </>
      ) : null}
      {error !== null && items.length > 0 ? <RequestError message={error} onRetry={retry} /> : null}
      {selection === null ? null : <AskAboutImages selection={selection} onClear={() => setSelection(new Set())} />}
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
