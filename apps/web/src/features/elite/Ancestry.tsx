"use client";
/** An elite's ancestry as a strip of thumbnails from generation 0. A diamond marks each goal switch. */
import { useEffect, useRef } from "react";
import { Terms } from "../glossary/Terms.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./Ancestry.module.css";
import { ancestryQuery } from "./ancestryQuery.ts";

interface StripAncestor {
  readonly niche: number;
  readonly label: string;
  readonly confidence: number;
  /** Whether its child on this line held another niche. */
  readonly goalSwitch: boolean;
  readonly genome: {
    readonly id: string;
    readonly generation: number;
    readonly index: number;
    readonly image: { readonly url: string; readonly width: number; readonly height: number };
  };
  readonly elite: { readonly id: string } | null;
}

interface AncestryProps {
  /** Newest first, as in the API. */
  readonly ancestors: readonly StripAncestor[];
  readonly eliteId: string;
}

const thumbnailSide = 56;

function countText(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : noun.endsWith("h") ? `${noun}es` : `${noun}s`}`;
}

export function Ancestry({ ancestors, eliteId }: AncestryProps) {
  const strip = useRef<HTMLOListElement>(null);
  const line = ancestors.toReversed();
  const switches = line.filter(({ goalSwitch }) => goalSwitch).length;
  useEffect(() => {
    if (strip.current !== null) strip.current.scrollLeft = strip.current.scrollWidth;
  }, []);

  const { toolbar, content } = useDataTools({
    name: "ancestry",
    columns: ["generation", "individual", "niche", "label", "confidence", "goal switch", "image"],
    rows: () =>
      line.map(({ genome, niche, label, confidence, goalSwitch }) => [
        genome.generation,
        genome.index,
        niche,
        label,
        confidence,
        goalSwitch ? "yes" : "no",
        genome.image.url,
      ]),
    query: ancestryQuery(eliteId),
  });
  return (
    <section className={styles.section} aria-labelledby="ancestry">
      <header className={styles.head}>
        <h2 id="ancestry">Ancestry</h2>
        <p>
          <Terms>{`${countText(Math.max(0, line.length - 1), "ancestor")}, ${countText(switches, "goal switch")}. Below each image: its generation, and its niche when it produced the next elite.`}</Terms>
        </p>
        <span className={styles.legend}>
          <i className={styles.diamond} aria-hidden="true" /> goal switch
        </span>
        {toolbar}
      </header>
      {content}
      <ol ref={strip} className={styles.strip}>
        {line.map((ancestor, i) => (
          <li key={ancestor.genome.id} className={styles.step} data-first={i === 0 || undefined}>
            <span className={styles.line}>{line[i - 1]?.goalSwitch ? <i className={styles.diamond} title="Goal switch" /> : null}</span>
            <Step ancestor={ancestor} here={ancestor.elite?.id === eliteId || (i === line.length - 1 && ancestor.elite === null)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Step({ ancestor, here }: { readonly ancestor: StripAncestor; readonly here: boolean }) {
  const { genome, label, confidence, elite, goalSwitch } = ancestor;
  const content = (
    <>
      <span className={styles.image}>
        <PixelImage image={genome.image} zoom={imageZoom(genome.image, thumbnailSide)} alt="" />
      </span>
      <ConfidenceBar value={confidence} />
      <span className={styles.generation}>
        <span className="visuallyHidden">Generation </span>
        {formatCount(genome.generation)}
      </span>
      <span className={styles.label}>
        <span className="visuallyHidden">, </span>
        <span title={label}>{splitLabel(label).name}</span>
        {goalSwitch ? <span className="visuallyHidden">, then a goal switch</span> : null}
      </span>
    </>
  );
  if (elite === null) return <div className={styles.ancestor}>{content}</div>;
  return (
    <Link className={styles.ancestor} href={`/elites/${elite.id}`} aria-current={here ? "page" : undefined}>
      {content}
    </Link>
  );
}
