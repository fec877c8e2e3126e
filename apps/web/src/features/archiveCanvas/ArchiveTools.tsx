"use client";
/** The line above a large archive: order, jump to a class or group, tiles or list, zoom. */
import { type FormEvent, type RefObject, useRef } from "react";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./ArchiveCanvas.module.css";
import type { ArchiveLook, ArchiveState } from "./archiveState.ts";
import type { NicheGroup, NicheOrder } from "./niches.ts";

interface ArchiveToolsProps {
  readonly state: ArchiveState;
  readonly groups: readonly NicheGroup[];
  /** How many niches the search means, of how many. */
  readonly met: number;
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
/** Groups that are offered beside the search; it finds the others by name. */
const groupsShown = 3;
const orderWords: Readonly<Record<NicheOrder, string>> = { confidence: "Confidence", class: "Class", group: "Group" };
const lookWords: Readonly<Record<ArchiveLook, string>> = { tiles: "Tiles", list: "List" };

function Choice<T extends string>({
  name,
  options,
  words,
  value,
  onPick,
}: {
  name: string;
  options: readonly T[];
  words: Readonly<Record<T, string>>;
  value: T;
  onPick: (option: T) => void;
}) {
  return (
    <fieldset className={styles.choice} aria-label={name}>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={value === option} onClick={() => onPick(option)}>
          {words[option]}
        </button>
      ))}
    </fieldset>
  );
}

function useSlash(input: RefObject<HTMLInputElement | null>): void {
  useShortcut("/", () => input.current?.focus(), { preventDefault: true, useKey: true });
}

export function ArchiveTools({ state, groups, met, count, zoom, onJump }: ArchiveToolsProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  const searching = state.search.trim() !== "";
  const offered = [...groups]
    .filter(({ name }) => !name.includes("other"))
    .sort((a, b) => groupPlace(a.name) - groupPlace(b.name))
    .slice(0, groupsShown);
  return (
    <form
      className={styles.tools}
      role="search"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (searching) onJump();
      }}
    >
      <Choice
        name="Order"
        options={groups.length > 0 ? (["confidence", "class", "group"] as const) : (["confidence", "class"] as const)}
        words={orderWords}
        value={state.order}
        onPick={state.setOrder}
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
        {searching ? null : (
          <>
            {offered.map(({ name, size }) => (
              <button key={name} type="button" className={toolButtonStyles.toolButton} onClick={() => state.setSearch(name)}>
                {name} <span className="n11">{formatCount(size)}</span>
              </button>
            ))}
          </>
        )}
        <span role="status">
          {searching ? (
            <>
              <span className="n12">{formatCount(met)}</span> of <span className="n12">{formatCount(count)}</span>
            </>
          ) : null}
        </span>
        {searching ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => state.setSearch("")}>
            Clear
          </button>
        ) : null}
      </span>
      <Choice name="Shown as" options={["tiles", "list"] as const} words={lookWords} value={state.look} onPick={state.setLook} />
      <div className={styles.zoom} role="toolbar" aria-label="Zoom" data-hidden={state.look === "list" || undefined}>
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

/** What people try first. */
const favourites: readonly string[] = ["dogs", "birds", "instruments"];

function groupPlace(name: string): number {
  const place = favourites.indexOf(name);
  return place < 0 ? favourites.length : place;
}
