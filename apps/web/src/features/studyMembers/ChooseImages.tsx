"use client";
/**
 * The study's images to choose from, by looking: thumbnails with their votes and the members who have them, filters, and buttons that choose
 * all that are shown. A click, or Space, chooses an image; with Shift, all from the last clicked one. The arrow keys move the focus.
 */
import { useRef, useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import filterStyles from "../marks/FilterBar.module.css";
import { FilterSelect } from "../marks/FilterSelect.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { useGridKeys } from "../marks/useGridKeys.ts";
import { nameOfSource } from "../study/nameOfSource.ts";
import { filterImages, type ImageFilter, noFilter } from "./imageFilter.ts";
import styles from "./StudyMembers.module.css";

const shownAtOnce = 240;
const side = 56;

interface ChooseImagesProps {
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  readonly overlap: number | null;
  /** Names of the members who have each image, by index. */
  readonly holders: ReadonlyMap<number, readonly string[]>;
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (chosen: ReadonlySet<number>) => void;
}

export function ChooseImages({ images, classNames, overlap, holders, chosen, onChoose }: ChooseImagesProps) {
  const [filter, setFilter] = useState<ImageFilter>(noFilter);
  const [count, setCount] = useState(shownAtOnce);
  const last = useRef<number | null>(null);
  const nameOf = (label: number) => splitLabel(classNames[label] ?? `class ${label}`).name;
  const change = (part: Partial<ImageFilter>) => {
    setFilter({ ...filter, ...part });
    setCount(shownAtOnce);
  };
  const shown = filterImages(images, filter, { overlap, assigned: new Set(holders.keys()) });
  const { root, tabStop, onKeyDown, onFocus } = useGridKeys<HTMLUListElement>(Math.min(count, shown.length));
  const sources = [...new Set(images.map(({ source }) => source))].sort();
  const labels = [...new Set(images.map(({ label }) => label))].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  const toggle = (place: number, range: boolean) => {
    const from = range && last.current !== null ? last.current : place;
    const indices = shown.slice(Math.min(from, place), Math.max(from, place) + 1).map(({ index }) => index);
    const next = new Set(chosen);
    const isOn = !chosen.has(shown[place]?.index ?? -1);
    for (const index of indices) {
      if (isOn) next.add(index);
      else next.delete(index);
    }
    last.current = place;
    onChoose(next);
  };
  return (
    <section aria-labelledby="choose-images">
      <div className="sectionHead">
        <h2 id="choose-images">Images</h2>
        <span className="t12 muted" role="status">
          <span className="n12">{formatCount(chosen.size)}</span> chosen
        </span>
      </div>
      <div className={filterStyles.bar} role="group" aria-label="Filter images">
        <FilterSelect
          name="source"
          value={filter.source}
          isSet={filter.source !== null}
          anyLabel="all"
          options={sources.map((source) => ({ value: source, text: nameOfSource(source) }))}
          onChange={(source) => change({ source })}
        />
        <FilterSelect
          name="label"
          value={filter.label === null ? null : String(filter.label)}
          isSet={filter.label !== null}
          anyLabel="all"
          options={labels.map((label) => ({ value: String(label), text: nameOf(label) }))}
          onChange={(label) => change({ label: label === null ? null : Number(label) })}
        />
        <FilterSelect
          name="votes"
          value={filter.tooFewVotes ? "few" : null}
          isSet={filter.tooFewVotes}
          anyLabel="any number"
          options={[{ value: "few", text: overlap === null ? "too few" : `fewer than ${formatCount(overlap)}` }]}
          onChange={(value) => change({ tooFewVotes: value !== null })}
        />
        <FilterSelect
          name="members"
          value={filter.unassigned ? "none" : null}
          isSet={filter.unassigned}
          anyLabel="any"
          options={[{ value: "none", text: "assigned to no member" }]}
          onChange={(value) => change({ unassigned: value !== null })}
        />
        <span className={filterStyles.count}>
          {formatCount(shown.length)} of {formatCount(images.length)}
        </span>
      </div>
      <div className={styles.choiceActions}>
        <Button disabled={shown.length === 0} onClick={() => onChoose(new Set([...chosen, ...shown.map(({ index }) => index)]))}>
          Choose all {formatCount(shown.length)}
        </Button>
        <Button look="quiet" disabled={chosen.size === 0} onClick={() => onChoose(new Set())}>
          Choose none
        </Button>
      </div>
      {shown.length === 0 ? <p className="second">No image of the study is like this.</p> : null}
      <ul ref={root} className={styles.grid} onKeyDown={onKeyDown}>
        {shown.slice(0, count).map(({ index, image, label, votes, confidence }, place) => {
          const names = holders.get(index) ?? [];
          const machine = typeof confidence === "number" ? `${nameOf(label)}, ${formatConfidence(confidence)}` : nameOf(label);
          return (
            <li key={index}>
              <button
                type="button"
                aria-pressed={chosen.has(index)}
                tabIndex={place === tabStop ? 0 : -1}
                onFocus={() => onFocus(place)}
                title={names.length === 0 ? machine : `${machine}, assigned to ${names.join(", ")}`}
                onClick={(event) => toggle(place, event.shiftKey)}
              >
                <PixelImage image={image} zoom={imageZoom(image, side)} alt={machine} />
                <span className={styles.caption}>
                  <span className="people">
                    {votes}
                    <span className="visuallyHidden"> {votes === 1 ? "vote" : "votes"}</span>
                  </span>
                  {names.length === 0 ? null : <span>{names.length === 1 ? names[0] : `${names.length} members`}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {shown.length > count ? (
        <Button look="quiet" onClick={() => setCount(count + shownAtOnce)}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}
