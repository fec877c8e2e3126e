/**
 * The export of a study's norming rooms: a table of votes, and a table of images with discussion, agreement and decision. Each table of
 * columns is the only description of its format; header, rows and documentation follow from it.
 */
import { type Cell, csvLine } from "@pareidolia/core/csv";
import type { NormingOutcome, NormingState } from "@pareidolia/core/normingState";
import type { CoefficientInterval } from "../agreement/coefficient.ts";
import type { RoomAgreement } from "./roomAgreement.ts";

/** An image in a room, with what is said about it there. */
export interface ExportedRoomImage {
  /** Such as "STU-12". */
  readonly study: string;
  readonly planHash: string;
  /** Number of the room in its study, from 1. */
  readonly room: number;
  readonly place: number;
  /** Index among the study's counted images. */
  readonly item: number;
  /** SHA-256. */
  readonly image: string;
  readonly state: NormingState;
  /** Null before the reveal. */
  readonly machine: NamedClass | null;
  readonly comments: number;
}

interface NamedClass {
  readonly label: number;
  readonly name: string;
}

export interface RoomVoteRow {
  readonly of: ExportedRoomImage;
  /** Such as "M-03". */
  readonly pseudonym: string;
  readonly round: 1 | 2;
  /** Null for "nothing I recognise". */
  readonly choice: NamedClass | null;
  readonly votedAt: Date;
}

export interface ExportedDecision {
  readonly outcome: NormingOutcome;
  readonly choice: NamedClass | null;
  readonly reason: string;
  /** Null for a deleted account. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
}

export interface RoomImageRow {
  readonly of: ExportedRoomImage;
  readonly members: number;
  readonly blindVotes: number;
  readonly secondVotes: number;
  readonly decision: ExportedDecision | null;
  /** Of the whole room, so the same for all its images. */
  readonly agreement: RoomAgreement;
}

export interface RoomColumn<Row> {
  readonly name: string;
  readonly description: string;
  readonly value: (row: Row) => Cell;
}

const ofImage: readonly RoomColumn<{ readonly of: ExportedRoomImage }>[] = [
  { name: "study", description: "The study, such as STU-12.", value: ({ of }) => of.study },
  { name: "plan_hash", description: "SHA-256 of the plan's canonical text.", value: ({ of }) => of.planHash },
  { name: "room", description: "Number of the norming room in its study, from 1.", value: ({ of }) => of.room },
  { name: "place", description: "The image's place in the room, from 0; places are drawn at random.", value: ({ of }) => of.place },
  {
    name: "item",
    description: "The image's index in the plan's list of counted images, from 0: `item` of the table of trials where `role` is counted.",
    value: ({ of }) => of.item,
  },
  { name: "image", description: "SHA-256 of the image.", value: ({ of }) => of.image },
  { name: "state", description: "BLIND, REVEALED, VOTING_AGAIN or DECIDED.", value: ({ of }) => of.state },
  {
    name: "machine_class",
    description: "The class that the machine gives the image; empty before the reveal.",
    value: ({ of }) => of.machine?.label ?? null,
  },
  {
    name: "machine_label",
    description: "The name of that class, in the study's first language.",
    value: ({ of }) => of.machine?.name ?? null,
  },
  { name: "comments", description: "Number of comments in the discussion of the image.", value: ({ of }) => of.comments },
];

/** Columns are added at the end, and none changes its meaning, since analyses of stored exports name them. */
export const roomVoteColumns: readonly RoomColumn<RoomVoteRow>[] = [
  ...ofImage,
  {
    name: "member",
    description: "The member's pseudonym in the room, such as M-03. It belongs to this room only, and to no voter of the study.",
    value: ({ pseudonym }) => pseudonym,
  },
  { name: "round", description: "1: blind; 2: after the discussion.", value: ({ round }) => round },
  { name: "nothing", description: 'Whether the answer is "nothing I recognise".', value: ({ choice }) => choice === null },
  { name: "answer_class", description: "The chosen class.", value: ({ choice }) => choice?.label ?? null },
  {
    name: "answer_name",
    description: "The name of the chosen class, in the study's first language.",
    value: ({ choice }) => choice?.name ?? null,
  },
  {
    name: "agrees",
    description: "Whether the answer is the machine's class.",
    value: ({ choice, of }) => (of.machine === null ? null : choice?.label === of.machine.label),
  },
  { name: "voted_at", description: "When the vote arrived (ISO 8601).", value: ({ votedAt }) => votedAt.toISOString() },
];

const alphas = [
  ["blind", "blind votes on all revealed images of the room", ({ agreement }: RoomImageRow) => agreement.blind],
  [
    "blind_same_images",
    "blind votes on the images of the room with second votes, to compare with `alpha_again`",
    ({ agreement }: RoomImageRow) => agreement.blindOnSameImages,
  ],
  ["again", "votes after the discussion, which are not independent", ({ agreement }: RoomImageRow) => agreement.again],
] as const;

function alphaColumns(name: string, votes: string, of: (row: RoomImageRow) => CoefficientInterval): readonly RoomColumn<RoomImageRow>[] {
  const ofDefined = (value: (alpha: Extract<CoefficientInterval, { defined: true }>) => number) => (row: RoomImageRow) => {
    const alpha = of(row);
    return alpha.defined ? value(alpha) : null;
  };
  return [
    {
      name: `alpha_${name}`,
      description: `Krippendorff's alpha (nominal) of ${votes}; empty if undefined.`,
      value: (row) => of(row).estimate ?? null,
    },
    {
      name: `alpha_${name}_low`,
      description: "Lower end of its 95% interval, for other members and other images; empty if there is none.",
      value: ofDefined(({ low }) => low),
    },
    {
      name: `alpha_${name}_high`,
      description: "Upper end of that interval; empty if there is none.",
      value: ofDefined(({ high }) => high),
    },
    {
      name: `alpha_${name}_images`,
      description: "Number of images with at least two of these votes.",
      value: (row) => of(row).items ?? null,
    },
    { name: `alpha_${name}_votes`, description: "Number of votes on them.", value: (row) => of(row).votes ?? null },
    {
      name: `alpha_${name}_undefined`,
      description: "Why it or its interval is undefined; empty if both are defined.",
      value: (row) => {
        const alpha = of(row);
        return alpha.defined ? null : alpha.reason;
      },
    },
  ];
}

/** One row for each image in each room. */
export const roomImageColumns: readonly RoomColumn<RoomImageRow>[] = [
  ...ofImage,
  { name: "members", description: "Members who take part in the room, without those who were removed.", value: ({ members }) => members },
  { name: "blind_votes", description: "Number of blind votes, of removed members too.", value: ({ blindVotes }) => blindVotes },
  { name: "second_votes", description: "Number of votes after the discussion.", value: ({ secondVotes }) => secondVotes },
  {
    name: "decision",
    description: "CLASS: it shows a class; NOTHING: nothing that people recognise; DISPUTED: it stays disputed. Empty before the decision.",
    value: ({ decision }) => decision?.outcome ?? null,
  },
  {
    name: "decision_class",
    description: "The decided class; empty for other outcomes.",
    value: ({ decision }) => decision?.choice?.label ?? null,
  },
  {
    name: "decision_name",
    description: "The name of the decided class, in the study's first language.",
    value: ({ decision }) => decision?.choice?.name ?? null,
  },
  { name: "decision_reason", description: "The adjudicator's reason.", value: ({ decision }) => decision?.reason ?? null },
  {
    name: "decided_by",
    description: "The adjudicator's name in the workspace; empty for a deleted account.",
    value: ({ decision }) => decision?.decidedBy ?? null,
  },
  {
    name: "decided_at",
    description: "When it was decided (ISO 8601).",
    value: ({ decision }) => decision?.decidedAt.toISOString() ?? null,
  },
  ...alphas.flatMap(([name, votes, of]) => alphaColumns(name, votes, of)),
];

/** How a table is written in each format. Texts are safe in spreadsheets, as those of the table of trials. */
export interface RoomTable<Row> {
  readonly header: { readonly csv: string; readonly jsonl: string };
  readonly line: { readonly csv: (row: Row) => string; readonly jsonl: (row: Row) => string };
}

function tableOf<Row>(columns: readonly RoomColumn<Row>[]): RoomTable<Row> {
  return {
    header: { csv: csvLine(columns.map(({ name }) => name)), jsonl: "" },
    line: {
      csv: (row) => csvLine(columns.map(({ value }) => value(row))),
      jsonl: (row) => `${JSON.stringify(Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])))}\n`,
    },
  };
}

export const roomVoteTable: RoomTable<RoomVoteRow> = tableOf(roomVoteColumns);
export const roomImageTable: RoomTable<RoomImageRow> = tableOf(roomImageColumns);
