/** Resolves the coding of a study's texts, and its mutations. */
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { computationCost, wholeListCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import type { StudyTextView, TextCodingView, TextDecisionView } from "./codingView.ts";
import { CodeTextInput, RevealTextCodesInput, SettleTextInput, UndoTextCodeInput } from "./textCoding.input.ts";
import type { ChangedCoding } from "./textCoding.service.ts";
import {
  CodeTextPayload,
  RevealTextCodesPayload,
  SettleTextPayload,
  StudyText,
  TextCoding,
  TextDecision,
  TextLabel,
  type TextSelection,
  TextSelectionEnum,
  UndoTextCodePayload,
} from "./textCoding.type.ts";

const success = (act: () => Promise<ChangedCoding>): Promise<Payload<ChangedCoding>> => resolvePayload("TextCodingSuccess", act);

@Resolver(() => StudyType)
export class StudyTextCodingResolver {
  @Requires("study:inspect")
  @FieldResolver(() => TextCoding, {
    nullable: true,
    complexity: wholeListCost,
    description:
      "The coding of the texts that voters wrote; null for a draft and without a question of free text. Only for researchers, and not while they vote in the study.",
  })
  textCoding(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): Promise<TextCodingView | null> {
    return services.textCodings.read(actor, study);
  }
}

@Resolver(() => TextCoding)
export class TextCodingResolver {
  @FieldResolver(() => [TextLabel], { description: "All labels of the study, from which coders choose." })
  labels(@Root() coding: TextCodingView, @Ctx() { services }: ApiContext): readonly TextLabel[] {
    return services.textCodings.listLabels(coding);
  }

  @FieldResolver(() => [StudyText], { description: "Texts in order of their characters: at most 100." })
  texts(
    @Root() coding: TextCodingView,
    @Arg("show", () => TextSelectionEnum, { defaultValue: "ALL", description: "Which texts." }) show: string,
    @Arg("first", () => Int, { defaultValue: 50, description: "The maximum number of texts: 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The last text of the previous page; null for the first page." }) after:
      | string
      | null
      | undefined,
    @Ctx() { services }: ApiContext,
  ): readonly StudyTextView[] {
    return services.textCodings.list(coding, { show: show as TextSelection, first, after: after ?? null });
  }
}

@Resolver(() => StudyText)
export class StudyTextResolver {
  @FieldResolver(() => [TextLabel], {
    complexity: computationCost / 100,
    description: "Labels with a name of similar spelling, best first: at most five.",
  })
  suggestions(@Root() text: StudyTextView, @Ctx() { services }: ApiContext): readonly TextLabel[] {
    return services.textCodings.suggest(text);
  }
}

@Resolver(() => TextDecision)
export class TextDecisionResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "Who decided; null for a deleted account." })
  async decidedBy(@Root() { decidedById }: TextDecisionView, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return decidedById === null ? null : loaders.user.load(decidedById);
  }
}

@Resolver()
export class TextCodingMutations {
  @Requires("textCoding:code")
  @Mutation(() => CodeTextPayload, {
    description: "Codes a text that voters wrote, blind. The first code of a researcher makes them a coder.",
  })
  codeText(
    @Arg("input", () => CodeTextInput, { description: "Input of `codeText`." }) input: CodeTextInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<ChangedCoding>> {
    return success(() => services.textCodings.code(actor, input));
  }

  @Requires("textCoding:undo")
  @Mutation(() => UndoTextCodePayload, { description: "Takes back the sender's code of a text, until codes are revealed." })
  undoTextCode(
    @Arg("input", () => UndoTextCodeInput, { description: "Input of `undoTextCode`." }) input: UndoTextCodeInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<ChangedCoding>> {
    return success(() => services.textCodings.undo(actor, input));
  }

  @Requires("textCoding:reveal")
  @Mutation(() => RevealTextCodesPayload, {
    description: "Shows all codes to all researchers, once the sender and another coder have coded all texts. It cannot be taken back.",
  })
  revealTextCodes(
    @Arg("input", () => RevealTextCodesInput, { description: "Input of `revealTextCodes`." }) input: RevealTextCodesInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<ChangedCoding>> {
    return success(() => services.textCodings.reveal(actor, input));
  }

  @Requires("textCoding:settle")
  @Mutation(() => SettleTextPayload, { description: "Settles a text on which coders differ. Their blind codes are kept." })
  settleText(
    @Arg("input", () => SettleTextInput, { description: "Input of `settleText`." }) input: SettleTextInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<ChangedCoding>> {
    return success(() => services.textCodings.settle(actor, input));
  }
}
