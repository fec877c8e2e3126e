/** Inputs of the mutations of the coding of texts. */
import { Field, ID, InputType, Int } from "type-graphql";
import { TextCodeKindEnum } from "./textCoding.type.ts";

@InputType("RevealTextCodesInput", { description: "Input of `revealTextCodes`." })
export class RevealTextCodesInput {
  @Field(() => ID, { description: "ID or key of a study with a question of free text." })
  studyId!: string;
}

@InputType("UndoTextCodeInput", { description: "Input of `undoTextCode`." })
export class UndoTextCodeInput {
  @Field(() => ID, { description: "ID or key of a study with a question of free text." })
  studyId!: string;

  @Field(() => String, { description: "A text that a voter of the study wrote. Case and punctuation do not matter." })
  text!: string;
}

@InputType("CodeTextInput", { description: "Input of `codeText`." })
export class CodeTextInput extends UndoTextCodeInput {
  @Field(() => TextCodeKindEnum, { description: "What the text is coded as." })
  kind!: string;

  @Field(() => Int, { nullable: true, description: "The class of the study, for the kind LABEL only." })
  label?: number | null;
}

@InputType("SettleTextInput", { description: "Input of `settleText`." })
export class SettleTextInput extends CodeTextInput {
  @Field(() => String, { description: "Why: 1 to 2,000 characters." })
  reason!: string;
}
