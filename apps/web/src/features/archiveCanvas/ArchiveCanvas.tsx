"use client";
/** A large archive of up to 1,000 niches, on a canvas or as a list, sorted by confidence, class or group, with a search by label. */
import { useMemo, useRef } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import styles from "./ArchiveCanvas.module.css";
import { ArchiveList } from "./ArchiveList.tsx";
import { ArchiveTools } from "./ArchiveTools.tsx";
import { useArchiveState } from "./archiveState.ts";
import { CanvasStage } from "./CanvasStage.tsx";
import { layOut } from "./canvasLayout.ts";
import { findNotches, listGroups, matchesSearch, orderNiches } from "./niches.ts";
import { useCanvasView } from "./useCanvasView.ts";
import { useContactSheet } from "./useContactSheet.ts";
import { useGlows } from "./useGlows.ts";

/** The largest number of niches that fit on a page as tiles with labels. */
export const maxGrid = 64;
/** Space at the left for milestone labels, on pages of at least `gutterMinWidth`. In pixels. */
const gutter = 40;
const gutterMinWidth = 640;

interface ArchiveCanvasProps {
  readonly runId: string;
  readonly labels: readonly string[];
  readonly elites: readonly TileEliteFragment[];
  /** The generation of the archive. */
  readonly shown: number;
  readonly replaying: boolean;
}

export function ArchiveCanvas({ runId, labels, elites, shown, replaying }: ArchiveCanvasProps) {
  const [frame, width] = useElementWidth<HTMLElement>(888);
  const stage = useRef<HTMLDivElement>(null);
  const state = useArchiveState();
  const { order, search, chosen, choose } = state;
  const groups = useMemo(() => listGroups(labels), [labels]);
  const niches = useMemo(() => orderNiches(labels, elites, order), [labels, elites, order]);
  const notches = useMemo(() => (order === "confidence" ? findNotches(niches) : []), [niches, order]);
  const margin = width >= gutterMinWidth ? gutter : 0;
  const grid = useMemo(() => layOut(labels.length, width - margin), [labels.length, width, margin]);
  const matches = useMemo(() => niches.filter((niche) => matchesSearch(niche, search)), [niches, search]);
  const view = useCanvasView(stage, grid);
  const { sheet, isLoading, progress } = useContactSheet({ runId, elites, shown, cell: grid.cell });
  const glows = useGlows(elites, !replaying);
  const jumpToNext = () => {
    const current = matches.findIndex(({ niche }) => niche === chosen);
    const next = matches[(current + 1) % Math.max(1, matches.length)];
    if (next) choose(next.niche);
  };
  return (
    <section aria-label="Archive" className={styles.archive} ref={frame}>
      <ArchiveTools
        state={state}
        groups={groups}
        matchCount={matches.length}
        count={labels.length}
        zoom={{ zoom: view.view.zoom, zoomBy: view.zoomBy, fit: view.fit }}
        onJump={jumpToNext}
      />
      {state.layout === "tiles" ? (
        <CanvasStage
          stage={stage}
          drawing={{ niches, grid, sheet, isSheetLoading: isLoading, shown, search, glows, notches }}
          progress={progress}
          view={view}
          margin={margin}
          chosen={chosen}
          onChoose={choose}
        />
      ) : (
        <ArchiveList niches={matches} />
      )}
    </section>
  );
}
