/**
 * A study's export: one row for each answered or skipped trial, as CSV or JSON lines. The table of columns is the only description of the
 * format; header, rows and documentation follow from it. Rows are generated one by one, so an export of any size takes little memory.
 */
import { type Cell, csvLine } from "@pareidolia/core/csv";
import { type ExportedStudy, type ExportedVoter, type TrialRow, voterRows } from "./trialRow.ts";

export interface TrialColumn {
  readonly name: string;
  readonly description: string;
  readonly value: (row: TrialRow) => Cell;
}

const foils = ({ options, trial }: TrialRow): readonly string[] => options.filter((_, position) => position !== trial.target);

/** Columns are added at the end, and none changes its meaning, since analyses of stored exports name them. */
export const trialColumns: readonly TrialColumn[] = [
  { name: "study", description: "The study, such as STU-12.", value: ({ study }) => study },
  {
    name: "plan_hash",
    description: "SHA-256 of the plan's canonical text: the version of the protocol.",
    value: ({ planHash }) => planHash,
  },
  { name: "voter", description: "The voter's pseudonym.", value: ({ pseudonym }) => pseudonym },
  { name: "insider", description: "Whether the voter could inspect the study.", value: ({ voter }) => voter.insider },
  { name: "finished", description: "Whether the voter has finished the session.", value: ({ voter }) => voter.finished },
  { name: "trial", description: "The trial's place in the voter's session, from 1.", value: ({ trial }) => trial.number + 1 },
  { name: "phase", description: "The phase, from 1; each phase has its own question.", value: ({ trial }) => trial.phase + 1 },
  {
    name: "role",
    description:
      "counted: a vote; gold, noise, canary: checks; repeat: a counted image for the second time. Only counted trials are votes.",
    value: ({ trial }) => trial.role,
  },
  { name: "item", description: "The image's index in the plan's list of its role, from 0.", value: ({ trial }) => trial.item },
  {
    name: "image",
    description: "SHA-256 of the image; where voters choose between images, of the one that the row counts for.",
    value: ({ image }) => image,
  },
  { name: "source", description: "The kind of image, such as cppn, direct or photograph.", value: ({ source }) => source },
  {
    name: "machine_class",
    description: "The class that the machine gives the image (of gold, the class that people see); empty for noise.",
    value: ({ label }) => label,
  },
  { name: "machine_label", description: "The name of that class, in the study's first language.", value: ({ labelName }) => labelName },
  {
    name: "machine_confidence",
    description: "The machine's confidence in that class on the stored bytes, from 0 to 1; empty if it has none.",
    value: ({ confidence }) => confidence,
  },
  {
    name: "options",
    description: "What voters could choose, in order of position: names of labels, SHA-256 of images, or yes and no. A JSON list.",
    value: ({ options }) => options,
  },
  { name: "foils", description: "The options other than the target, in order of position. A JSON list.", value: foils },
  {
    name: "target_position",
    description: "Index in options of the one that agrees with the machine, or is right for gold, from 0; empty if none is.",
    value: ({ trial }) => trial.target,
  },
  { name: "answer_position", description: "Index in options of the chosen one, from 0.", value: ({ choice }) => choice },
  { name: "answer_class", description: "The class of the chosen label.", value: ({ answerClass }) => answerClass },
  {
    name: "answer_name",
    description: "The chosen option.",
    value: ({ options, choice }) => (choice === null ? null : (options[choice] ?? null)),
  },
  {
    name: "answer_text",
    description: "The text that the voter wrote.",
    value: ({ answer }) => (answer !== null && "text" in answer ? answer.text : null),
  },
  {
    name: "answer_ratings",
    description: "The levels that the voter gave, from 0, in order of options. A JSON list.",
    value: ({ answer }) => (answer !== null && "ratings" in answer ? answer.ratings : null),
  },
  {
    name: "cant_tell",
    description: `Whether the voter answered "can't tell".`,
    value: ({ answer }) => answer !== null && "cantTell" in answer,
  },
  {
    name: "skipped",
    description: "Whether the trial has no answer: the voter skipped it, or its time ended. Such trials are no votes.",
    value: ({ answer }) => answer === null,
  },
  {
    name: "agrees",
    description:
      "Whether the vote agrees with the machine's label; of gold and noise, whether the check was passed; of canaries, whether the networks' " +
      "label was named. Empty if the answer does not count as a vote, and for a text while coding is missing or if it can't be coded.",
    value: ({ agrees }) => agrees,
  },
  { name: "response_ms", description: "Milliseconds from display to answer.", value: ({ vote }) => vote.responseMs },
  {
    name: "requested_ms",
    description: "How long the image was to be shown, in milliseconds; empty if until the answer.",
    value: ({ vote }) => vote.timing?.requestedMs ?? null,
  },
  {
    name: "shown_ms",
    description: "How long the image was really shown, in milliseconds, as measured by the browser.",
    value: ({ vote }) => vote.timing?.shownMs ?? null,
  },
  {
    name: "mask_ms",
    description: "How long the mask was really shown, in milliseconds.",
    value: ({ vote }) => vote.timing?.maskMs ?? null,
  },
  {
    name: "frames",
    description: "Frames of the screen during which the image was shown.",
    value: ({ vote }) => vote.timing?.frames ?? null,
  },
  {
    name: "dropped_frames",
    description: "Frames that the browser missed during the trial.",
    value: ({ vote }) => vote.timing?.droppedFrames ?? null,
  },
  {
    name: "refresh_hz",
    description: "Measured refresh rate of the screen, in hertz.",
    value: ({ vote }) => vote.timing?.refreshHz ?? null,
  },
  { name: "voted_at", description: "When the voter answered, by the voter's clock (ISO 8601).", value: ({ vote }) => vote.votedAt },
  {
    name: "excluded",
    description: "Whether the voter's votes are left out of the results as planned.",
    value: ({ exclusions }) => exclusions.length > 0,
  },
  {
    name: "excluded_by",
    description: "Why: insider, or the rules of the plan (still, goldHits, noiseHits, medianMs, unfinished). A JSON list.",
    value: ({ exclusions }) => exclusions,
  },
  {
    name: "still",
    description: "Whether the voter saw the still version: the image until the answer, without mask, instead of the plan's timing.",
    value: ({ voter }) => voter.still,
  },
  {
    name: "presentations",
    description: "How often the voter saw the image from the start of the trial: more than once after a reload or an undo.",
    value: ({ vote }) => vote.timing?.presentations ?? null,
  },
  {
    name: "timed_out",
    description: "Whether the trial has no answer because the time for it ended; false for one that the voter chose to skip.",
    value: ({ vote, answer }) => answer === null && vote.timedOut,
  },
  {
    name: "counts",
    description:
      `Whether the answer counts as a vote: of a counted trial, not skipped, and not "can't tell" where the plan calls that missing. Votes of ` +
      "excluded voters count too; as planned, those that are not excluded do.",
    value: ({ counts }) => counts,
  },
  {
    name: "mistimed",
    description:
      "Whether the plan leaves the trial out, as its image was shown longer or shorter than requested_ms by more than the rule mistimedMs. " +
      "False without such a rule.",
    value: ({ mistimed }) => mistimed,
  },
];

/** The first line of a CSV file. */
export function csvHeader(): string {
  return csvLine(trialColumns.map(({ name }) => name));
}

/** The lines of one voter. @throws AppError CORRUPT_DATA for votes that do not fit their trials. */
export function* csvLines(study: ExportedStudy, voter: ExportedVoter): Generator<string> {
  for (const row of voterRows(study, voter)) yield csvLine(trialColumns.map(({ value }) => value(row)));
}

/**
 * The same rows as JSON, an object on each line. Lists are lists, empty cells are null, and texts are as voters wrote them.
 * @throws AppError CORRUPT_DATA as `csvLines`.
 */
export function* jsonLines(study: ExportedStudy, voter: ExportedVoter): Generator<string> {
  for (const row of voterRows(study, voter))
    yield `${JSON.stringify(Object.fromEntries(trialColumns.map(({ name, value }) => [name, value(row)])))}\n`;
}
