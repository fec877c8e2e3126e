/** The question of each kind of protocol, as voters' browsers receive it: the question, not the right answer. */
import type { Protocol, ProtocolKindId } from "./registry.ts";

export const questionKinds = ["ONE_LABEL_OF", "ONE_IMAGE_OF", "YES_NO", "FREE_TEXT", "RATINGS", "PAIR"] as const;
export type QuestionKind = (typeof questionKinds)[number];

export const framings = ["MACHINE", "LOOKS_LIKE"] as const;
export type QuestionFraming = (typeof framings)[number];

export interface Question {
  readonly kind: QuestionKind;
  /** Whether the question mentions the machine; null where there is no choice. */
  readonly framing: QuestionFraming | null;
  /** Whether the screen's labels are buttons or scales; otherwise its label is part of the question. */
  readonly showsOptions: boolean;
  readonly cantTell: boolean;
  /** Levels of the scale of RATINGS. */
  readonly levels: number | null;
  /** Characters of a FREE_TEXT. */
  readonly maximumLength: number | null;
}

type KindOf<Id extends ProtocolKindId> = (
  values: Extract<Protocol, { readonly kind: Id }>["values"],
) => Pick<Question, "kind"> & Partial<Question>;

const framingOf = (framing: "machine" | "looksLike"): QuestionFraming => (framing === "machine" ? "MACHINE" : "LOOKS_LIKE");

const kinds: { readonly [Id in ProtocolKindId]: KindOf<Id> } = {
  alternatives: ({ framing }) => ({ kind: "ONE_LABEL_OF", framing: framingOf(framing), showsOptions: true }),
  reverse: ({ framing }) => ({ kind: "ONE_IMAGE_OF", framing: framingOf(framing) }),
  yesNo: () => ({ kind: "YES_NO" }),
  freeText: ({ maximumLength }) => ({ kind: "FREE_TEXT", maximumLength }),
  confidenceRating: ({ levels }) => ({ kind: "RATINGS", showsOptions: true, levels }),
  pairwise: () => ({ kind: "PAIR" }),
};

export function questionOf(protocol: Protocol): Question {
  const kind = kinds[protocol.kind] as (values: Protocol["values"]) => Pick<Question, "kind"> & Partial<Question>;
  const cantTell = protocol.values.cantTell !== "notOffered";
  return { framing: null, showsOptions: false, levels: null, maximumLength: null, ...kind(protocol.values), cantTell };
}
