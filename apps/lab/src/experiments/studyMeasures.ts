/**
 * What a study of this installation says about the paper's claims on people. Each measure takes the images and votes that its claim is
 * about from any study, by their sources, labels and confidence, so no study has to be named after a claim.
 */
import { shiftInterval } from "@pareidolia/analysis/shiftInterval";
import { filterVotes } from "@pareidolia/perception/countedVotes";
import { withoutGuesses } from "@pareidolia/perception/detection/signalDetection";
import { tallyVotes } from "@pareidolia/perception/images/imageTally";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import type { Evidence } from "@pareidolia/perception/study/results/evidence";
import type { StudyImage } from "@pareidolia/perception/study/results/studyData";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { intervalRow } from "../findings.ts";
import type { ReportRow } from "../report.ts";

/** The least confident image of the paper's Figure 1 has 99.6%; images from .99 on are what its abstract is about. */
const nearCertain = 0.99;
const notMadeBySearch: readonly string[] = ["photograph", "noise", "perturbation"];
/** Fewer voters or images say nothing about others. */
const fewest = 6;

/** Empty if the study has no images or votes that the claim is about. */
type Measure = (study: string, evidence: Evidence) => readonly ReportRow[];

export const studyMeasures: readonly Measure[] = [recognition, strokes, naturalConfidence, fooledByPeoplesImages];

/**
 * The share of images recognised beyond guessing, for the images that `isMeant` holds for. It is a share, so an agreement below chance counts
 * as none recognised, in the estimate and in both ends of its interval.
 */
function beyondGuessing(
  evidence: Evidence,
  isMeant: (image: StudyImage, index: number) => boolean,
  row: { readonly id: string; readonly what: string },
): readonly ReportRow[] {
  return evidence.planned.phases.flatMap(({ votes, chance, protocol }, phase): readonly ReportRow[] => {
    if (chance === null) return [];
    const kept = filterVotes(votes, (vote) => {
      const item = votes.item[vote] as number;
      return isMeant(evidence.images[item] as StudyImage, item);
    });
    const [byVoter, byImage] = [tallyVotes(kept, "voter"), tallyVotes(kept, "item")];
    const count = (list: Int32Array): number => list.filter((one) => one > 0).length;
    if (Math.min(count(byVoter.votes), count(byImage.votes)) < fewest) return [];
    const { share, interval, voters, images, votes: answers } = totalAgreement(byVoter, byImage);
    if (!interval.defined) return [];
    const corrected = (value: number): number => Math.min(1, Math.max(0, withoutGuesses(value, chance)));
    return [
      intervalRow({
        id: `${row.id}.${phase + 1}`,
        what: `${row.what}, phase ${phase + 1} (${protocol.kind})`,
        estimate: corrected(share),
        low: corrected(interval.low),
        high: corrected(interval.high),
        unit: `images and ${voters} voters`,
        units: images,
        detail: `${answers} votes, agreement ${share.toFixed(3)}, chance ${chance.toFixed(3)}; generalises to other people and other images`,
      }),
    ];
  });
}

/** The abstract: images that the network labels with near certainty are unrecognisable to people. */
function recognition(study: string, evidence: Evidence): readonly ReportRow[] {
  return beyondGuessing(
    evidence,
    ({ source, confidence }) => confidence !== null && confidence >= nearCertain && !notMadeBySearch.includes(source),
    {
      id: `studies.${study}.recognised`,
      what: `share of trials in which people recognise the network's label beyond guessing, images at >= ${nearCertain} that no photograph is behind`,
    },
  );
}

/** Section 3.2: CPPN images of a digit have its strokes, such as the vertical bar of a 1. */
function strokes(study: string, evidence: Evidence): readonly ReportRow[] {
  const { plan } = evidence;
  const { labels, stimuli } = plan.rules.design;
  const names = plan.labelNames[plan.languages[0] ?? ""] ?? [];
  const digits = new Set(labels.filter((_, place) => /^\d$/.test(names[place] ?? "")));
  return beyondGuessing(evidence, ({ source }, index) => source === "cppn" && digits.has(stimuli[index]?.label ?? -1), {
    id: `studies.${study}.strokes`,
    what: "share of trials in which people find the digit in CPPN images beyond guessing",
  });
}

/** Section 3.4: the network is about as confident of CPPN images as of natural images. */
function naturalConfidence(study: string, { images }: Evidence): readonly ReportRow[] {
  const of = (source: string): readonly number[] => images.flatMap((image) => (image.source === source ? (image.confidence ?? []) : []));
  const [evolved, natural] = [of("cppn"), of("photograph")];
  if (Math.min(evolved.length, natural.length) < fewest) return [];
  return [
    intervalRow({
      id: `studies.${study}.natural-confidence`,
      what: "the machine's confidence in CPPN images minus that in photographs (Hodges-Lehmann estimate)",
      ...shiftInterval(evolved, natural),
      unit: `CPPN images and ${natural.length} photographs`,
      units: evolved.length,
    }),
  ];
}

/** Section 3.6: a retrained network gives its fooling class to images that people have bred, which it has never seen. */
function fooledByPeoplesImages(study: string, { images, plan }: Evidence): readonly ReportRow[] {
  const { labels, stimuli } = plan.rules.design;
  const place = (plan.labelNames[plan.languages[0] ?? ""] ?? []).indexOf("fooling");
  const fooling = place < 0 ? null : labels[place];
  const own = stimuli.filter((_, index) => images[index]?.source === "photograph");
  if (fooling === null || fooling === undefined || own.length < fewest) return [];
  const found = own.filter(({ label }) => label === fooling).length;
  return [
    intervalRow({
      id: `studies.${study}.bred`,
      what: "share of images of people that the retrained network labels as fooling (Clopper and Pearson)",
      ...exactInterval(found, own.length),
      unit: "images",
      units: own.length,
      detail: `${found} of ${own.length}`,
    }),
  ];
}
