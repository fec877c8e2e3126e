"use client";
/** A large archive, up to a thousand niches: on one canvas or as a list, by confidence or class, searched by label. */
import { useMemo, useState } from "react";
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import { useElementWidth } from "../run/useElementWidth.ts";
import styles from "./ArchiveCanvas.module.css";
import { ArchiveList } from "./ArchiveList.tsx";
import { CanvasStage } from "./CanvasStage.tsx";
import { layOut } from "./canvasLayout.ts";
import { meets, type NicheOrder, orderNiches } from "./niches.ts";

/** From here on tiles with plaques would not fit on a page. */
export const largestGrid = 64;

interface ArchiveCanvasProps {
  readonly labels: readonly string[];
  readonly elites: readonly TileEliteFragment[];
}

function Choice<T extends string>({
  name,
  options,
  value,
  onPick,
}: {
  name: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onPick: (option: T) => void;
}) {
  return (
    <fieldset className={styles.choice} aria-label={name}>
      {options.map(([option, words]) => (
        <button key={option} type="button" aria-pressed={value === option} onClick={() => onPick(option)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}

export function ArchiveCanvas({ labels, elites }: ArchiveCanvasProps) {
  const [frame, width] = useElementWidth<HTMLElement>(888);
  const [order, setOrder] = useState<NicheOrder>("confidence");
  const [look, setLook] = useState<"tiles" | "list">("tiles");
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const niches = useMemo(() => orderNiches(labels, elites, order), [labels, elites, order]);
  const grid = useMemo(() => layOut(labels.length, width), [labels.length, width]);
  const met = useMemo(() => niches.filter((niche) => meets(niche, search)), [niches, search]);
  return (
    <section aria-label="Archive" className={styles.archive} ref={frame}>
      <form
        className={styles.tools}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const at = met.findIndex(({ niche }) => niche === chosen);
          const next = met[(at + 1) % Math.max(1, met.length)];
          if (search.trim() !== "" && next) setChosen(next.niche);
        }}
      >
        <Choice
          name="Order"
          options={[
            ["confidence", "Confidence"],
            ["class", "Class"],
          ]}
          value={order}
          onPick={setOrder}
        />
        <input
          className={`input ${styles.search}`}
          type="search"
          aria-label="Find a class"
          placeholder="Find a class by name or number"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Choice
          name="Shown as"
          options={[
            ["tiles", "Tiles"],
            ["list", "List"],
          ]}
          value={look}
          onPick={setLook}
        />
        <span className="t12 muted" role="status">
          {search.trim() === "" ? null : `${formatCount(met.length)} of ${formatCount(labels.length)}`}
        </span>
      </form>
      {look === "tiles" ? (
        <CanvasStage niches={niches} grid={grid} search={search} chosen={chosen} onChoose={setChosen} />
      ) : (
        <ArchiveList niches={met} />
      )}
    </section>
  );
}
