"use client";
/** The grid of a list with its tools, or why there is none. */
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import type { Sort } from "../views/listSort.ts";
import styles from "./Gallery.module.css";
import { GalleryGrid } from "./GalleryGrid.tsx";
import { BlankTile } from "./GalleryTile.tsx";
import { GalleryTools } from "./GalleryTools.tsx";
import type { GalleryList } from "./galleryState.ts";
import type { GalleryPages } from "./useGalleryPages.ts";

interface GalleryImagesProps {
  readonly list: GalleryList;
  readonly pages: GalleryPages;
  readonly initialPosition: number;
  readonly showsPeople: boolean;
  readonly selection: ReadonlySet<string> | null;
  readonly onToggle: (imageId: string) => void;
  readonly onSort: (sort: Sort) => void;
  /** Shows all images. */
  readonly onClear: () => void;
  readonly onPositionChange: (index: number) => void;
  readonly onCountNeeded: (count: number) => void;
}

export function GalleryImages(props: GalleryImagesProps) {
  const { list, pages, showsPeople, onSort, onClear } = props;
  const { items, total, error, retry } = pages;
  if (error !== null && items.length === 0) return <RequestError message={error} onRetry={retry} />;
  if (total === null) return <LoadingGrid />;
  if (total === 0) return <NoImages isFiltered={list.search !== "" || list.ids !== null} onClear={onClear} />;
  return (
    <>
      <GalleryTools list={list} showsPeople={showsPeople} onSort={onSort} />
      <GalleryGrid
        key={JSON.stringify(list)}
        items={items}
        total={total}
        initialPosition={props.initialPosition}
        onPositionChange={props.onPositionChange}
        onCountNeeded={props.onCountNeeded}
        selection={props.selection}
        onToggle={props.onToggle}
      />
      {error !== null ? <RequestError message={error} onRetry={retry} /> : null}
    </>
  );
}

function NoImages({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  if (isFiltered)
    return (
      <EmptyState title="No matching images" action={<Button onClick={onClear}>Clear the search</Button>}>
        No image matches the search.
      </EmptyState>
    );
  return (
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
  );
}

function LoadingGrid() {
  return (
    <div className={styles.loading} role="status" aria-label="Loading images">
      {Array.from({ length: 24 }, (_, index) => (
        <BlankTile key={index} />
      ))}
    </div>
  );
}
