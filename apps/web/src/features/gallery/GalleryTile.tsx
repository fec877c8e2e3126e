"use client";
/** An image in the grid with its confidence, label and run. Hover or focus shows more facts. */
import { Fragment } from "react";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { Link } from "../marks/Link.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { describeRecognised } from "../people/peopleTexts.ts";
import { ShareMark } from "../people/ShareMark.tsx";
import { formatShare } from "../studyResults/resultFormats.ts";
import styles from "./Gallery.module.css";
import type { GalleryItem } from "./galleryItem.ts";

interface GalleryTileProps {
  readonly item: GalleryItem;
  readonly zoom: number;
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
  /** Whether it is selected; null while tiles open their images instead. */
  readonly isSelected: boolean | null;
  readonly onToggle: () => void;
}

export function GalleryTile({ item, zoom, tabIndex, onFocus, isSelected, onToggle }: GalleryTileProps) {
  const { image, label, confidence, run, facts, recognised } = item;
  const content = (
    <>
      <PixelImage image={image} zoom={zoom} alt="" />
      <ConfidenceBar value={confidence} />
      <span className={`${styles.plaque} ${styles.caption}`} data-caption="">
        <b>{label}</b>
        <span>{formatConfidence(confidence)}</span>
      </span>
      <span className={styles.run}>{run.name}</span>
      {recognised === null ? null : (
        <span className={styles.people}>
          <ShareMark share={recognised} />
          <span aria-hidden="true">{formatShare(recognised.share)}</span>
          <span className="visuallyHidden">, {describeRecognised(recognised)}</span>
        </span>
      )}
      <span className="visuallyHidden"> in {run.key}</span>
      <span className={styles.card} aria-hidden="true">
        {facts.map(({ name, value, isText }) => (
          <Fragment key={name}>
            <span>{name}</span>
            {isText ? <em>{value}</em> : <b>{value}</b>}
          </Fragment>
        ))}
      </span>
    </>
  );
  if (isSelected !== null)
    return (
      <button
        type="button"
        className={`${styles.tile} ${styles.selectable}`}
        aria-pressed={isSelected}
        tabIndex={tabIndex}
        onFocus={onFocus}
        onClick={onToggle}
      >
        {content}
      </button>
    );
  return (
    <Link className={styles.tile} href={item.href} tabIndex={tabIndex} onFocus={onFocus} prefetch={false}>
      {content}
    </Link>
  );
}

/** An image that is still loading, with the frame and the lines of its caption. */
export function BlankTile() {
  return (
    <span className={styles.tile} aria-hidden="true">
      <span className={styles.blank} />
      <span className={styles.line} />
      <span className={`${styles.plaque} ${styles.caption}`} data-caption="">
        <b>
          <span className={styles.line} />
        </b>
        <span className={styles.line} />
      </span>
      <span className={styles.run}>
        <span className={styles.line} />
      </span>
    </span>
  );
}
