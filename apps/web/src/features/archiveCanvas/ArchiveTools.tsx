"use client";
/** The toolbar of a large archive: order, search for a class or group, tiles or list, zoom. */
import { type FormEvent, type RefObject, useRef } from "react";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./ArchiveCanvas.module.css";
import type { ArchiveLayout, ArchiveState } from "./archiveState.ts";
import type { NicheGroup, NicheOrder } from "./niches.ts";

interface ArchiveToolsProps {
  readonly state: ArchiveState;
  readonly groups: readonly NicheGroup[];
  /** Number of niches that match the search. */
  readonly matchCount: number;
  /** Number of all niches. */
  readonly count: number;
  readonly zoom: ZoomControl;
  onJump(): void;
}

interface ZoomControl {
  readonly zoom: number;
  zoomBy(factor: number): void;
  fit(): void;
}

export const zoomStep = 1.5;
/** Number of groups with a button beside the search, which finds the others by name. */
const groupButtons = 3;
const orderLabels: Readonly<Record<NicheOrder, string>> = { confidence: "Confidence", class: "Class", group: "Group" };
const layoutLabels: Readonly<Record<ArchiveLayout, string>> = { tiles: "Tiles", list: "List" };

function Choice<T extends string>({
  name,
  options,
  labels,
  value,
  onChange,
}: {
  name: string;
  options: readonly T[];
  labels: Readonly<Record<T, string>>;
  value: T;
  onChange: (option: T) => void;
}) {
  return (
    <fieldset className={styles.choice} aria-label={name}>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={value === option} onClick={() => onChange(option)}>
          {labels[option]}
        </button>
      ))}
    </fieldset>
  );
}

function useSlashShortcut(input: RefObject<HTMLInputElement | null>): void {
  useShortcut("/", () => input.current?.focus(), { preventDefault: true, useKey: true });
}

export function ArchiveTools({ state, groups, matchCount, count, zoom, onJump }: ArchiveToolsProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlashShortcut(input);
  const isSearching = state.search.trim() !== "";
  const suggestedGroups = [...groups]
    .filter(({ name }) => !name.includes("other"))
    .sort((a, b) => groupRank(a.name) - groupRank(b.name))
    .slice(0, groupButtons);
  return (
    <form
      className={styles.tools}
      role="search"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isSearching) onJump();
      }}
    >
      <Choice
        name="Order"
        options={groups.length > 0 ? (["confidence", "class", "group"] as const) : (["confidence", "class"] as const)}
        labels={orderLabels}
        value={state.order}
        onChange={state.setOrder}
      />
      <span className={styles.search}>
        <input
          ref={input}
          className="input"
          type="search"
          data-slash
          aria-label="Jump to a class or a group"
          placeholder={groups.length > 0 ? "Jump to a class or a group" : "Jump to a class"}
          value={state.search}
          onChange={(event) => state.setSearch(event.target.value)}
        />
        {state.search === "" ? <kbd aria-hidden="true">/</kbd> : null}
      </span>
      <span className={`${styles.hints} t12 muted`}>
        {isSearching ? null : (
          <>
            {suggestedGroups.map(({ name, size }) => (
              <button key={name} type="button" className={toolButtonStyles.toolButton} onClick={() => state.setSearch(name)}>
                {name} <span className="n11">{formatCount(size)}</span>
              </button>
            ))}
          </>
        )}
        <span role="status">
          {isSearching ? (
            <>
              <span className="n12">{formatCount(matchCount)}</span> of <span className="n12">{formatCount(count)}</span>
            </>
          ) : null}
        </span>
        {isSearching ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => state.setSearch("")}>
            Clear
          </button>
        ) : null}
      </span>
      <Choice name="Layout" options={["tiles", "list"] as const} labels={layoutLabels} value={state.layout} onChange={state.setLayout} />
      <div className={styles.zoom} role="toolbar" aria-label="Zoom" data-hidden={state.layout === "list" || undefined}>
        <button type="button" aria-label="Zoom out" onClick={() => zoom.zoomBy(1 / zoomStep)}>
          −
        </button>
        <button type="button" className={styles.fit} onClick={zoom.fit}>
          {zoom.zoom === 1 ? "fit" : `${zoom.zoom.toFixed(1)}×`}
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoom.zoomBy(zoomStep)}>
          +
        </button>
      </div>
    </form>
  );
}

/** Groups that come first among the buttons. */
const favourites: readonly string[] = ["dogs", "birds", "instruments"];

function groupRank(name: string): number {
  const index = favourites.indexOf(name);
  return index < 0 ? favourites.length : index;
}
