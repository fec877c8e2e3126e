/**
 * Coding of the texts that voters write: researchers code each text blind, compare their codes, and settle disputes. A researcher who votes in
 * the study does none of this before finishing.
 */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { normaliseText } from "@pareidolia/core/normaliseText";
import { maxRemarkLength } from "@pareidolia/core/normingState";
import type { TextCode, TextCodeKind } from "@pareidolia/core/textCode";
import { needsCoding } from "@pareidolia/perception/protocols/registry";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { countCodes, findCodedTexts, findGivenTexts, findTextCoders } from "@pareidolia/persistence/studies/textCodes/readTextCodes";
import { codeText, revealTextCodes, settleText, undoTextCode } from "@pareidolia/persistence/studies/textCodes/writeTextCodes";
import { studyKey } from "../globalId/globalId.ts";
import type { Action } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";
import { checkText } from "../text.ts";
import type { ShelvedStudy, StudyShelf } from "../voting/studyShelf.ts";
import { labelsOf, type StudyTextView, selectTexts, type TextCodingView, type TextsRequest, viewCoding } from "./codingView.ts";
import { suggestLabels } from "./suggestLabels.ts";
import type { CodeTextInput, RevealTextCodesInput, SettleTextInput, UndoTextCodeInput } from "./textCoding.input.ts";
import type { TextLabel } from "./textCoding.type.ts";

const maxTexts = 100;

interface TextCodingServiceOptions {
  readonly database: Database;
  readonly shelf: StudyShelf;
  readonly studies: StudyService;
}

interface OpenedCoding {
  readonly actor: MemberActor;
  readonly study: StudyRecord;
  readonly shelved: ShelvedStudy;
}

export interface ChangedCoding {
  readonly coding: TextCodingView;
  readonly text: StudyTextView | null;
}

export class TextCodingService {
  readonly #database: Database;
  readonly #shelf: StudyShelf;
  readonly #studies: StudyService;

  constructor({ database, shelf, studies }: TextCodingServiceOptions) {
    this.#database = database;
    this.#shelf = shelf;
    this.#studies = studies;
  }

  /** Null for a draft and for a study without a question of free text. @throws AppError FORBIDDEN as `requireInspection`. */
  async read(actor: Actor, study: StudyRecord): Promise<TextCodingView | null> {
    policy.requireOwn(actor, "study:inspect", study);
    await requireInspection(this.#database.connection, actor, study);
    const shelved = await this.#findCoded(study);
    return shelved === null ? null : this.#view(shelved, actor.userId);
  }

  /** @throws AppError INVALID_INPUT for a number of texts outside 1 to 100. */
  list(coding: TextCodingView, request: TextsRequest): readonly StudyTextView[] {
    if (request.first < 1 || request.first > maxTexts)
      throw new AppError("INVALID_INPUT", `Read from 1 to ${maxTexts} texts at once.`, { field: "first" });
    return selectTexts(coding, request);
  }

  listLabels({ study }: Pick<TextCodingView, "study">): readonly TextLabel[] {
    return labelsOf(study);
  }

  suggest({ study, text }: StudyTextView): readonly TextLabel[] {
    const labels = labelsOf(study);
    const found = suggestLabels(text, labels);
    return found.flatMap((label) => labels.find((each) => each.label === label) ?? []);
  }

  async code(actor: Actor, input: CodeTextInput): Promise<ChangedCoding> {
    const opened = await this.#open(actor, "textCoding:code", input);
    const [text, code] = [readWritten(input), readCode(opened, input)];
    // The entry must not contain the code: owners read the log, and some of them code. The text is a voter's, who may withdraw it.
    return this.#change(opened, "textCoding:code", text, {}, (transaction, of) => codeText(transaction, { ...of, ...code }));
  }

  async undo(actor: Actor, input: UndoTextCodeInput): Promise<ChangedCoding> {
    const opened = await this.#open(actor, "textCoding:undo", input);
    return this.#change(opened, "textCoding:undo", readWritten(input), {}, undoTextCode);
  }

  async reveal(actor: Actor, input: RevealTextCodesInput): Promise<ChangedCoding> {
    const opened = await this.#open(actor, "textCoding:reveal", input);
    const { study, shelved } = opened;
    await this.#database.transaction(async (transaction) => {
      const texts = await revealTextCodes(transaction, { studyId: study.id, userId: opened.actor.userId });
      if (texts > 0) await this.#audit(transaction, opened, "textCoding:reveal", { texts });
    });
    return { coding: await this.#view(shelved, opened.actor.userId), text: null };
  }

  async settle(actor: Actor, input: SettleTextInput): Promise<ChangedCoding> {
    const opened = await this.#open(actor, "textCoding:settle", input);
    const [text, code] = [readWritten(input), readCode(opened, input)];
    const reason = checkText(input.reason, { field: "input.reason", label: "A reason", longest: maxRemarkLength });
    if (reason === "") throw new AppError("INVALID_INPUT", "A reason is required.", { field: "input.reason" });
    const after = { ...code, reason };
    return this.#change(opened, "textCoding:settle", text, after, (transaction, of) => settleText(transaction, { ...of, ...after }));
  }

  async #findCoded({ id, planText }: StudyRecord): Promise<ShelvedStudy | null> {
    if (planText === null) return null;
    const shelved = await this.#shelf.get(id);
    return shelved.plan.rules.design.phases.some(({ protocol }) => needsCoding(protocol)) ? shelved : null;
  }

  async #view(study: ShelvedStudy, userId: string): Promise<TextCodingView> {
    const { connection } = this.#database;
    const given = await findGivenTexts(connection, study.id);
    const coders = await findTextCoders(connection, study.id);
    const coded = await findCodedTexts(connection, { studyId: study.id, userId });
    const revealed = new Set(coded.flatMap(({ text, isRevealed }) => (isRevealed ? [text] : [])));
    const texts = given.flatMap(({ text }) => (revealed.has(text) ? [] : [text]));
    const counts = await countCodes(connection, { studyId: study.id, texts });
    return viewCoding({ study, userId, given, coders, coded, counts });
  }

  /** @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT for a study without texts to code. */
  async #open(actor: Actor, action: Action, { studyId }: RevealTextCodesInput): Promise<OpenedCoding> {
    policy.requireInWorkspace(actor, action);
    const study = await this.#studies.getByReference(actor, studyId, "input.studyId");
    policy.requireOwn(actor, action, study);
    await requireInspection(this.#database.connection, actor, study);
    const shelved = await this.#findCoded(study);
    if (shelved === null)
      throw new AppError("CONFLICT", "This study has no texts to code: it is a draft, or has no question of free text.", {
        field: "input.studyId",
      });
    return { actor, study, shelved };
  }

  /** Appends to the audit log unless `act` returns null, for a repetition. */
  async #change(
    opened: OpenedCoding,
    action: Action,
    text: string,
    after: Readonly<Record<string, unknown>>,
    act: (transaction: Transaction, of: { studyId: string; userId: string; text: string }) => Promise<number | null>,
  ): Promise<ChangedCoding> {
    const { actor, study, shelved } = opened;
    await this.#database.transaction(async (transaction) => {
      const number = await act(transaction, { studyId: study.id, userId: actor.userId, text });
      if (number !== null) await this.#audit(transaction, opened, action, { text: number, ...after });
    });
    const coding = await this.#view(shelved, actor.userId);
    return { coding, text: coding.texts.find((each) => each.text === text) ?? null };
  }

  #audit(
    { connection }: Transaction,
    { actor, study }: OpenedCoding,
    action: Action,
    after: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const subject = { subjectType: "Study", subjectId: study.id, subjectName: studyKey(study.number) };
    return appendAuditEntry(connection, actor, { action, ...subject, before: null, after });
  }
}

/** @throws AppError INVALID_INPUT. */
function readWritten({ text }: UndoTextCodeInput): string {
  // As long as the longest answer; a normalised text may be a little longer.
  return normaliseText(checkText(text, { field: "input.text", label: "A text", longest: 2 * 500 }));
}

/** @throws AppError INVALID_INPUT for a label of another kind, and for one that is not the study's. */
function readCode({ shelved }: OpenedCoding, input: CodeTextInput): TextCode {
  const kind = input.kind as TextCodeKind;
  const label = input.label ?? null;
  if ((kind === "LABEL") !== (label !== null))
    throw new AppError("INVALID_INPUT", "Give a class for the kind LABEL, and none for others.", { field: "input.label" });
  if (label !== null && !shelved.labelPlaces.has(label))
    throw new AppError("INVALID_INPUT", "The study has no such class.", { field: "input.label" });
  return { kind, label };
}
