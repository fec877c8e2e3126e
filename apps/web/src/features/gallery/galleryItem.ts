/** An image of the gallery, from any kind of run. */
import type { GalleryImagesQuery, GalleryRecognitionFragment } from "../../graphql/generated/graphql.ts";
import { formatMiss } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import type { PixelSource } from "../marks/pixelSource.ts";
import { formatIntervalPercent, type RecognisedShare } from "../people/peopleTexts.ts";
import { formatShare } from "../studyResults/resultFormats.ts";

interface GalleryFact {
  readonly name: string;
  readonly value: string;
  /** Whether the value is text instead of a number. */
  readonly isText?: boolean;
}

export interface GalleryItem {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  readonly image: PixelSource & { readonly id: string };
  /** The stored image's confidence in the class of the label. */
  readonly confidence: number;
  readonly run: { readonly key: string; readonly name: string };
  /** The share of people who recognise the label; null without votes, and while it is withheld from the reader. */
  readonly recognised: RecognisedShare | null;
  readonly facts: readonly GalleryFact[];
}

type GalleryImage = GalleryImagesQuery["galleryImages"]["nodes"][number];

/** What people say, for those who may read it. */
function peopleFacts(recognition: GalleryRecognitionFragment | null | undefined): readonly GalleryFact[] {
  if (recognition == null) return [];
  const { named, recognised, withheld, studyCount } = recognition;
  if (withheld != null) return [{ name: "people", value: "shown once you have voted", isText: true }];
  if (named == null) return [{ name: "people", value: studyCount === 0 ? "never asked" : "no votes yet", isText: true }];
  const counts = { name: "named by", value: `${formatCount(named.agreeing)} / ${formatCount(named.votes)}` };
  if (recognised == null) return [{ name: "recognised by", value: "guesses unknown", isText: true }, counts];
  return [
    { name: "recognised by, beyond guessing", value: formatShare(recognised.share) },
    { name: "95% interval for other voters", value: `${formatIntervalPercent(recognised)}%` },
    counts,
  ];
}

interface KindOfImage {
  /** The image's page; of a chain's image, its run. */
  hrefOf(image: GalleryImage): string;
  /** What only images of the kind have. */
  factsOf(image: GalleryImage): readonly GalleryFact[];
  /** Name of the method's row: encoding or method. */
  readonly method: string;
}

const kinds: Readonly<Record<string, KindOfImage>> = {
  evolution: {
    hrefOf: ({ id }) => `/elites/${id}`,
    factsOf: ({ class: niche, replaced, generation }) => [
      { name: "niche", value: `${niche}, ${replaced ? "replaced" : "current"}` },
      { name: "generation", value: formatCount(generation ?? 0) },
    ],
    method: "encoding",
  },
  ascent: {
    hrefOf: ({ id }) => `/trajectories/${id}`,
    factsOf: (image) => [{ name: "class", value: `${image.class}` }],
    method: "method",
  },
  perturbation: {
    hrefOf: ({ id }) => `/perturbations/${id}`,
    factsOf: ({ reached }) => [{ name: "attack", value: reached ? "succeeded" : "failed", isText: true }],
    method: "method",
  },
};

const ofRun: KindOfImage = { hrefOf: ({ run }) => `/runs/${run.key}`, factsOf: () => [], method: "method" };

export function toGalleryItem(image: GalleryImage): GalleryItem {
  const { id, label, confidence, run, model, recognition } = image;
  const { hrefOf, factsOf, method } = kinds[image.kind] ?? ofRun;
  return {
    id,
    href: hrefOf(image),
    label,
    image: image.image,
    confidence,
    run,
    recognised: recognition?.recognised ?? null,
    facts: [
      { name: "stored", value: formatMiss(confidence) },
      ...factsOf(image),
      ...peopleFacts(recognition),
      { name: "run", value: run.key },
      { name: "name", value: run.name, isText: true },
      { name: method, value: run.methodLabel, isText: true },
      { name: "model", value: model.name, isText: true },
    ],
  };
}
