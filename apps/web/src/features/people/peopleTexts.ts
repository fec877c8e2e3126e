/** What people say, in words and digits. A share never stands without its number of votes and its interval. */
import type { ProtocolKindId } from "@pareidolia/perception/protocols/registry";
import type { IntervalPopulation, PeopleOnImageQuery } from "../../graphql/generated/graphql.ts";
import { agreementWords, capitalised } from "../studyResults/agreementWords.ts";
import { formatCounted, formatShare, formatSmallNumber, namesOfPopulations } from "../studyResults/resultFormats.ts";
import { englishTexts } from "../voting/englishTexts.ts";

type ImageNode = Extract<NonNullable<PeopleOnImageQuery["node"]>, { __typename: "Image" }>;
export type ImageStudy = ImageNode["studies"][number];
export type ImageQuestion = ImageStudy["questions"][number];
type PeopleAnswer = ImageQuestion["answers"][number];

export interface PeopleShare {
  readonly votes: number;
  readonly agreeing: number;
  /** 0 to 1, with its 95% interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The share of people who recognise a label, beyond guessing. */
export interface RecognisedShare extends Pick<PeopleShare, "votes" | "share" | "low" | "high"> {}

/** What voters had to do: `ten options`. */
export function describeAnswers({ protocol, alternatives }: Pick<ImageQuestion, "protocol" | "alternatives">): string {
  const number = formatSmallNumber(alternatives ?? 0);
  const texts: Readonly<Record<string, string>> = {
    alternatives: `${number} options`,
    reverse: `one of ${number} images`,
    yesNo: "yes or no",
    pairwise: "pairs of images",
    freeText: "free text",
    confidenceRating: "ratings",
  };
  return texts[protocol] ?? protocol;
}

/** The question in the usual words of the voter's page, without its label. */
export function describeQuestion({ protocol, mentionsMachine }: Pick<ImageQuestion, "protocol" | "mentionsMachine">): string {
  const { anything, write, whichLabel, whichLabelMachine, whichImage, whichImageMachine, pair, rateMany } = englishTexts;
  const texts: Readonly<Record<string, string | readonly string[]>> = {
    yesNo: anything,
    freeText: write,
    alternatives: mentionsMachine ? whichLabelMachine : whichLabel,
    reverse: mentionsMachine ? whichImageMachine : whichImage,
    pairwise: pair,
    confidenceRating: rateMany,
  };
  const text = texts[protocol] ?? protocol;
  return typeof text === "string" ? text : text.join("…");
}

/** What the share of votes that agree with the label is called, as in the study's results. */
export function nameOfNamed({ protocol }: Pick<ImageQuestion, "protocol">): string {
  return capitalised(agreementWords({ protocol: { kind: protocol as ProtocolKindId } }).share);
}

/** In place of the share of votes that agree. */
export function whyNotNamed({ protocol, voteCount, namedReason }: Pick<ImageQuestion, "protocol" | "voteCount" | "namedReason">): string {
  if (voteCount === 0) return "no votes yet";
  return protocol === "freeText" ? "texts are coded in the study’s results" : (namedReason ?? "not asked");
}

function nameOf({ kind, text }: Pick<PeopleAnswer, "kind" | "text">): string {
  switch (kind) {
    case "YES":
      return "yes";
    case "NO":
      return "no";
    case "CANT_TELL":
      return "can’t tell";
    default:
      return text ?? "";
  }
}

/** Over what an interval generalises. */
export const namesOfIntervalPopulations: Readonly<Record<IntervalPopulation, string>> = {
  VOTERS: namesOfPopulations.voters,
  IMAGES: namesOfPopulations.images,
  VOTERS_AND_IMAGES: namesOfPopulations.votersAndImages,
  ANSWERS: namesOfPopulations.answers,
};

/** The interval in percent without signs: `5.2 – 25.0`. */
export function formatIntervalPercent({ low, high }: Pick<PeopleShare, "low" | "high">): string {
  return `${(low * 100).toFixed(1)} – ${(high * 100).toFixed(1)}`;
}

/** `14 of 42 votes, 33.3%, 95% interval for other voters 21.0 – 48.4%`, for readers who do not see the mark. */
export function describeShare(share: PeopleShare): string {
  const votes = share.votes === 1 ? "vote" : "votes";
  return `${share.agreeing} of ${share.votes} ${votes}, ${formatShare(share.share)}, 95% interval for other voters ${formatIntervalPercent(share)}%`;
}

/** `people recognise 25%, beyond guessing, 42 votes, 95% interval for other voters 12.1 – 40.4%`, for readers who do not see the mark. */
export function describeRecognised({ share, votes, ...ends }: RecognisedShare): string {
  return `people recognise ${formatShare(share)}, beyond guessing, ${formatCounted(votes, "vote")}, 95% interval for other voters ${formatIntervalPercent(ends)}%`;
}

/** Where the interval is relative to chance; null without a level of chance. */
export function compareWithChance({ low, high }: PeopleShare, chance: number | null | undefined): string | null {
  if (chance === null || chance === undefined) return null;
  if (low > chance) return "above chance";
  return high < chance ? "below chance" : "not above chance";
}

/** Answers shown one by one. */
const maxAnswers = 7;

export interface AnswerRow {
  readonly key: string;
  readonly name: string;
  readonly isMachines: boolean;
  readonly given: PeopleShare;
}

/** The most frequent answers, and always the machine's label, even if no person chose it. */
export function answerRows({ answers, named, protocol }: ImageQuestion, labelName: string): { rows: AnswerRow[]; others: number } {
  const rows = answers.map((answer, index): AnswerRow => {
    const name = nameOf(answer);
    return { key: `${index} ${name}`, name, isMachines: answer.agrees && answer.kind === "LABEL", given: answer.given };
  });
  const machines = rows.find(({ isMachines }) => isMachines);
  const offersLabels = protocol === "alternatives";
  const shown = rows.slice(0, machines !== undefined && rows.indexOf(machines) >= maxAnswers ? maxAnswers - 1 : maxAnswers);
  if (machines !== undefined && !shown.includes(machines)) shown.push(machines);
  if (machines === undefined && offersLabels && named != null)
    shown.push({ key: "machine", name: labelName, isMachines: true, given: named });
  return { rows: shown, others: Math.max(0, rows.length - shown.filter(({ key }) => key !== "machine").length) };
}
