"use client";
/** A large archive, up to a thousand niches: on one canvas or as a list, by confidence, class or group, searched by label. */
import { useMemo, useRef } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import styles from "./ArchiveCanvas.module.css";
import { ArchiveList } from "./ArchiveList.tsx";
import { ArchiveTools } from "./ArchiveTools.tsx";
import { useArchiveState } from "./archiveState.ts";
import { CanvasStage } from "./CanvasStage.tsx";
import { layOut } from "./canvasLayout.ts";
import { findNotches, listGroups, meets, orderNiches } from "./niches.ts";
import { useCanvasView } from "./useCanvasView.ts";
import { useContactSheet } from "./useContactSheet.ts";
import { useGlows } from "./useGlows.ts";

/** From here on tiles with plaques would not fit on a page. */
export const largestGrid = 64;
/** Room at the left for the milestones that rows reach, where the page has it. */
const gutter = 40;
const roomy = 640;

interface ArchiveCanvasProps {
  readonly runId: string;
  readonly labels: readonly string[];
  readonly elites: readonly TileEliteFragment[];
  /** The generation whose archive this is. */
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
  const margin = width >= roomy ? gutter : 0;
  const grid = useMemo(() => layOut(labels.length, width - margin), [labels.length, width, margin]);
  const met = useMemo(() => niches.filter((niche) => meets(niche, search)), [niches, search]);
  const view = useCanvasView(stage, grid);
  const { sheet, coming, progress } = useContactSheet({ runId, elites, shown, cell: grid.cell });
  const glows = useGlows(elites, !replaying);
  const jump = () => {
    const at = met.findIndex(({ niche }) => niche === chosen);
    const next = met[(at + 1) % Math.max(1, met.length)];
    if (next) choose(next.niche);
  };
  return (
    <section aria-label="Archive" className={styles.archive} ref={frame}>
      <ArchiveTools
        state={state}
        groups={groups}
        met={met.length}
        count={labels.length}
        zoom={{ zoom: view.view.zoom, zoomBy: view.zoomBy, fit: view.fit }}
        onJump={jump}
      />
      {state.look === "tiles" ? (
        <CanvasStage
          stage={stage}
          drawn={{ niches, grid, sheet, coming, shown, search, glows, notches }}
          progress={progress}
          view={view}
          margin={margin}
          chosen={chosen}
          onChoose={choose}
        />
      ) : (
        <ArchiveList niches={met} />
      )}
    </section>
  );
}
