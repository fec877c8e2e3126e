"use client";
/**
 * The image of a trial, or the images to choose from with their examples below a hairline. Style sheets show and hide images and mask by
 * the player's `data-phase`, so that a phase starts in one frame.
 */
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from "react";
import { imageZoom } from "../marks/imageZoom.ts";
import type { BallotImage, BallotTrial } from "./ballot.ts";
import type { VotingTexts } from "./englishTexts.ts";
import type { CachedImage } from "./imageCache.ts";
import { exampleSide, layOutImages } from "./imageLayout.ts";
import { MaskCanvas } from "./MaskCanvas.tsx";
import { maskCellsOf } from "./staticMask.ts";
import styles from "./TrialStage.module.css";
import { type StageSpace, useStageSpace } from "./useStageSpace.ts";
import { keysOf } from "./voteKeys.ts";

interface TrialStageProps {
  /** Of the element, for its description elsewhere. */
  readonly id: string;
  readonly trial: BallotTrial;
  readonly texts: VotingTexts;
  readonly images: ReadonlyMap<string, CachedImage>;
  readonly maskSeed: number;
  readonly hasMask: boolean;
  readonly chosen: number | null;
  /** True once every image is decoded. */
  readonly onReady: (ready: boolean) => void;
  readonly onRetry: () => void;
  /** Null if the images are not the keys. */
  readonly onChoose?: (position: number, event: MouseEvent) => void;
}

const gap = 16;
const captionHeight = 32;
/** Without the key, which phones do not show. */
const phoneCaptionHeight = 8;
const phoneWidth = 760;
const exampleGap = 8;
/** Of the examples' hairline, padding and text, and the gap above them. */
const besideExamples = 64;
const smallestSide = 132;
/** Of an image above many answers. */
const smallestBesideKeys = 112;

/** Whether the elements' images are decoded; painting them then takes no longer than a frame. */
function useDecoded(container: RefObject<HTMLElement | null>, loaded: boolean, onReady: (ready: boolean) => void): void {
  const report = useRef(onReady);
  report.current = onReady;
  useEffect(() => {
    if (!loaded) return;
    let current = true;
    const elements = [...(container.current?.querySelectorAll("img") ?? [])];
    void Promise.allSettled(elements.map((element) => element.decode())).then(() => {
      if (current) report.current(true);
    });
    return () => {
      current = false;
    };
  }, [container, loaded]);
}

/** Whether an image that the trial shows could not be loaded. */
export function hasFailed({ images: shown, exemplars }: BallotTrial, images: ReadonlyMap<string, CachedImage>): boolean {
  return [...shown, ...exemplars].some(({ url }) => images.get(url)?.state === "failed");
}

export function TrialStage(props: TrialStageProps) {
  const { trial, texts, images, onReady } = props;
  const all = [...trial.images, ...trial.exemplars].map(({ url }) => images.get(url));
  const loaded = all.every((image) => image?.state === "loaded");
  const failed = hasFailed(trial, images);
  const [element, space] = useStageSpace<HTMLDivElement>("[data-player]");
  useDecoded(element, loaded && space !== null, onReady);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (loaded) return;
    const timer = setTimeout(() => setSlow(true), 500);
    return () => clearTimeout(timer);
  }, [loaded]);
  return (
    <div
      ref={element}
      className={props.onChoose === undefined ? `${styles.stage} ${styles.beside}` : styles.stage}
      role="group"
      id={props.id}
      aria-label={texts.stage}
    >
      {failed ? (
        <p className={styles.message} role="alert">
          {texts.imageFailed}{" "}
          <button type="button" className="link" onClick={props.onRetry}>
            {texts.tryAgain}
          </button>
        </p>
      ) : !loaded || space === null ? (
        <p className={styles.message}>{slow && !loaded ? texts.loadingImage : null}</p>
      ) : (
        <StageImages {...props} space={space} />
      )}
    </div>
  );
}

interface ShownImage {
  readonly url: string;
  readonly source: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

function shownImage(images: ReadonlyMap<string, CachedImage>, { url, width, height }: BallotImage): ShownImage {
  const image = images.get(url);
  if (image?.state !== "loaded") return { url, source: "", width, height };
  return { url, source: image.source, width, height };
}

function StageImages(props: TrialStageProps & { readonly space: StageSpace }) {
  const { trial, texts, images, space, chosen, onChoose } = props;
  const shownImages = trial.images.map((image) => shownImage(images, image));
  const [first] = shownImages;
  if (first === undefined) return null;
  const ofExample = exampleSide(trial.exemplars.length, space.width, exampleGap);
  const examplesHeight = trial.exemplars.length > 0 ? ofExample + besideExamples : 0;
  const isPair = trial.question.kind === "PAIR";
  const layout = layOutImages({
    count: trial.images.length,
    image: first,
    space: { width: space.width, height: space.height - examplesHeight },
    gap,
    caption: onChoose === undefined ? 0 : space.width < phoneWidth ? phoneCaptionHeight : captionHeight,
    smallestSide: trial.images.length > 1 ? smallestSide : trial.options.length > 4 ? smallestBesideKeys : 200,
  });
  const keys = keysOf(trial.images.length, []);
  const side = Math.ceil(Math.max(first.width, first.height) * layout.zoom);
  return (
    <div className={styles.block}>
      <div
        className={styles.images}
        style={{ gridTemplateColumns: `repeat(${isPair ? Math.min(2, layout.columns) : layout.columns}, auto)` }}
      >
        {shownImages.map((image, position) => {
          const shown = (
            <StageImage
              image={image}
              zoom={imageZoom(image, side)}
              alt={trial.images.length === 1 ? texts.stage : texts.image(position + 1)}
              mask={props.hasMask ? { seed: props.maskSeed, index: trial.number * 64 + position } : null}
            />
          );
          if (onChoose === undefined) return <div key={image.url}>{shown}</div>;
          return (
            <button
              // Two places may show the same image.
              key={`${position}-${image.url}`}
              type="button"
              className={styles.choice}
              aria-label={texts.image(position + 1)}
              data-chosen={chosen === position}
              aria-keyshortcuts={keys[position] ?? undefined}
              onClick={(event) => onChoose(position, event)}
            >
              {shown}
              <span className={styles.caption}>{keys[position] == null ? null : <kbd aria-hidden="true">{keys[position]}</kbd>}</span>
            </button>
          );
        })}
      </div>
      {trial.exemplars.length > 0 ? <Examples {...props} side={ofExample} /> : null}
    </div>
  );
}

interface StageImageProps {
  readonly image: ShownImage;
  readonly zoom: number;
  readonly alt: string;
  readonly mask: { readonly seed: number; readonly index: number } | null;
}

function StageImage({ image, zoom, alt, mask }: StageImageProps) {
  const width = Math.round(image.width * zoom);
  const height = Math.round(image.height * zoom);
  return (
    <span className={styles.frame} style={{ width, height }}>
      <img
        src={image.source}
        alt={alt}
        width={width}
        height={height}
        draggable={false}
        className={zoom < 1 ? `${styles.image} ${styles.reduced}` : styles.image}
      />
      {mask === null ? null : <MaskCanvas seed={mask.seed} index={mask.index} cells={maskCellsOf(image)} />}
    </span>
  );
}

function Examples({ trial, texts, images, side }: TrialStageProps & { readonly side: number }) {
  return (
    <section className={styles.examples} aria-label={texts.examples(trial.question.label ?? "")}>
      <p>{texts.examples(trial.question.label ?? "")}</p>
      <div className={styles.exampleImages}>
        {trial.exemplars.map((example) => {
          const image = shownImage(images, example);
          const { zoom } = layOutImages({
            count: 1,
            image,
            space: { width: side, height: side },
            gap: 0,
            caption: 0,
            smallestSide: 1,
          });
          return (
            <img
              key={image.url}
              src={image.source}
              alt={texts.examples(trial.question.label ?? "")}
              width={Math.round(image.width * zoom)}
              height={Math.round(image.height * zoom)}
              draggable={false}
              className={zoom < 1 ? styles.reduced : styles.pixelated}
            />
          );
        })}
      </div>
    </section>
  );
}
