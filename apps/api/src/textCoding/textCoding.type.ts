/** The coding of the texts that voters of a study wrote, as one researcher may see it. */
import { textCodeKinds } from "@pareidolia/core/textCode";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const TextCodeKindEnum = Object.fromEntries(textCodeKinds.map((kind) => [kind, kind]));

registerEnumType(TextCodeKindEnum, {
  name: "TextCodeKind",
  description: "What a coder says about a text.",
  valuesConfig: {
    LABEL: { description: "It names a label of the study." },
    NONE: { description: "It names none of the labels." },
    UNCODABLE: { description: "It can't be coded, such as a text without meaning. Such answers are left out of shares." },
  },
});

export const textSelections = ["ALL", "UNCODED", "OWN", "REVEALED", "DISPUTED"] as const;
export type TextSelection = (typeof textSelections)[number];
export const TextSelectionEnum = Object.fromEntries(textSelections.map((selection) => [selection, selection]));

registerEnumType(TextSelectionEnum, {
  name: "TextSelection",
  description: "Which texts of a study are listed.",
  valuesConfig: {
    ALL: { description: "All texts." },
    UNCODED: { description: "Texts that the sender can still code." },
    OWN: { description: "Texts that the sender has coded and whose codes are not revealed." },
    REVEALED: { description: "Texts whose codes are revealed." },
    DISPUTED: { description: "Texts on which coders differ, and whose dispute is open." },
  },
});

@Requires("study:inspect")
@ObjectType("TextLabel", { description: "A label of a study, from which coders choose." })
export class TextLabel {
  @Field(() => Int, { description: "Number of the class in the network's list of labels." })
  readonly label!: number;

  @Field(() => String, { description: "Its name in the study's first language." })
  readonly name!: string;

  @Field(() => [String], { description: "Its name in each language of the study, in the order of the plan." })
  readonly names!: readonly string[];
}

@Requires("study:inspect")
@ObjectType("TextCode", { description: "The code of a text." })
export class TextCodeType {
  @Field(() => TextCodeKindEnum, { description: "What the text is coded as." })
  readonly kind!: string;

  @Field(() => TextLabel, { nullable: true, description: "The label; null for other kinds." })
  readonly label!: TextLabel | null;
}

@Requires("study:inspect")
@ObjectType("CoderCode", { description: "The blind code that a coder gave a text." })
export class CoderCode {
  @Field(() => String, { description: "The coder's pseudonym in the study, such as C-01." })
  readonly coder!: string;

  @Field(() => TextCodeType, { description: "What the coder says about the text." })
  readonly code!: TextCodeType;

  @Field(() => DateTimeScalar, { description: "When it was given." })
  readonly codedAt!: Date;
}

@Requires("study:inspect")
@ObjectType("TextDecision", { description: "What settled a text on which coders differed. No blind code is changed by it." })
export class TextDecision {
  @Field(() => TextCodeType, { description: "The code that counts." })
  readonly code!: TextCodeType;

  @Field(() => String, { description: "Why." })
  readonly reason!: string;

  @Field(() => DateTimeScalar, { description: "When it was decided." })
  readonly decidedAt!: Date;
}

@Requires("study:inspect")
@ObjectType("StudyText", { description: "A text that voters of a study wrote, without the images on which they wrote it." })
export class StudyText {
  @Field(() => String, {
    description: "The text as it is compared: in lower case, with punctuation and white space as single spaces.",
  })
  readonly text!: string;

  @Field(() => Int, { description: "Number of counted answers that give it, on all images." })
  readonly votes!: number;

  @Field(() => Boolean, { description: "Whether its codes are revealed." })
  readonly isRevealed!: boolean;

  @Field(() => TextCodeType, { nullable: true, description: "The sender's own code; null without one." })
  readonly ownCode!: TextCodeType | null;

  @Field(() => [CoderCode], { description: "The codes that the sender may see: all after the reveal; before it, only their own." })
  readonly codes!: readonly CoderCode[];

  @Field(() => Boolean, { description: "Whether its revealed codes differ, settled or not." })
  readonly isDisputed!: boolean;

  @Field(() => TextDecision, { nullable: true, description: "What settled the dispute; null without a decision." })
  readonly decision!: TextDecision | null;

  @Field(() => TextCodeType, {
    nullable: true,
    description:
      "The code that counts: the one on which all coders agree, or the decision. Null before the reveal and for an open dispute.",
  })
  readonly finalCode!: TextCodeType | null;
}

@Requires("study:inspect")
@ObjectType("TextCoder", { description: "A researcher who codes the texts of a study." })
export class TextCoderType {
  @Field(() => String, { description: "The coder's pseudonym in the study, such as C-01." })
  readonly coder!: string;

  @Field(() => Boolean, { description: "Whether this is the sender." })
  readonly isOwn!: boolean;

  @Field(() => Int, { description: "How many of the texts that are not revealed the coder has coded." })
  readonly coded!: number;
}

@Requires("study:inspect")
@ObjectType("CodingAgreement", { description: "Krippendorff's alpha (nominal) of the blind codes, with its 95% interval." })
export class CodingAgreementType {
  @Field(() => Float, { nullable: true, description: "The estimate, at most 1; 0 is agreement by chance. Null if it is undefined." })
  readonly estimate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of the interval, for other texts and these coders; null if there is none.",
  })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of the interval; null if there is none." })
  readonly high!: number | null;

  @Field(() => Int, { description: "Number of revealed texts with at least two codes." })
  readonly texts!: number;

  @Field(() => Int, { description: "Number of codes of these texts." })
  readonly codes!: number;

  @Field(() => String, { nullable: true, description: "Why it or its interval is undefined; null if both are defined." })
  readonly reason!: string | null;
}

@Requires("study:inspect")
@ObjectType("TextCoding", {
  description:
    "Researchers code the texts that voters of a study wrote: each coder blind, until two have coded all texts and codes are revealed; then disputes are settled.",
})
export class TextCoding {
  @Field(() => Int, { description: "Number of distinct texts." })
  readonly textCount!: number;

  @Field(() => Int, { description: "Number of texts whose codes are revealed." })
  readonly revealedCount!: number;

  @Field(() => Int, { description: "Number of texts that the sender has coded and whose codes are not revealed." })
  readonly ownCount!: number;

  @Field(() => Int, { description: "Number of open disputes." })
  readonly disputeCount!: number;

  @Field(() => Int, { description: "Number of disputes that are settled." })
  readonly settledCount!: number;

  @Field(() => Boolean, { description: "Whether each text has a final code, so that results are computed from the codes." })
  readonly isComplete!: boolean;

  @Field(() => Boolean, { description: "Whether the sender may reveal codes now: the sender and another coder have coded all texts." })
  readonly mayReveal!: boolean;

  @Field(() => [TextCoderType], { description: "The coders, in the order of their first codes." })
  readonly coders!: readonly TextCoderType[];

  @Field(() => CodingAgreementType, { description: "How far the revealed blind codes agree." })
  readonly agreement!: CodingAgreementType;
}

@Requires("study:inspect")
@ObjectType("TextCodingSuccess", { description: "The coding after the change." })
export class TextCodingSuccess {
  @Field(() => TextCoding, { description: "The coding after the change." })
  readonly coding!: unknown;

  @Field(() => StudyText, { nullable: true, description: "The text after the change; null if the change is of all texts." })
  readonly text!: unknown;
}

const payload = (mutation: string, name: string): object =>
  payloadOf({ name, description: `Result of \`${mutation}\`.`, success: TextCodingSuccess, missing: true });

export const CodeTextPayload = payload("codeText", "CodeTextPayload");
export const UndoTextCodePayload = payload("undoTextCode", "UndoTextCodePayload");
export const RevealTextCodesPayload = payload("revealTextCodes", "RevealTextCodesPayload");
export const SettleTextPayload = payload("settleText", "SettleTextPayload");
