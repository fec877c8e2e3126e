/**
 * Codes the texts of a study. Every change locks the study, so a code is either given, or taken back, before the reveal or refused, and no text
 * arrives while codes are revealed.
 */
import { AppError } from "@pareidolia/core/appError";
import type { TextCode } from "@pareidolia/core/textCode";
import { markRecoded } from "../../lab/scores/markRescored.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { lockStudy } from "../norming/writeRooms.ts";
import { countCodes, findGivenTexts } from "./readTextCodes.ts";

/** Codes of fewer coders are not revealed. */
const fewestCoders = 2;

export interface TextOfUser {
  readonly studyId: string;
  readonly userId: string;
  /** Normalised. */
  readonly text: string;
}

interface LockedText {
  readonly number: number;
  readonly isRevealed: boolean;
}

async function findText(connection: Connection, { studyId, text }: TextOfUser): Promise<LockedText | null> {
  const where = { studyId_text: { studyId, text } };
  const found = await connection.codedText.findUnique({ where, select: { number: true, revealedAt: true } });
  return found === null ? null : { number: found.number, isRevealed: found.revealedAt !== null };
}

async function createText(connection: Connection, { studyId, text }: TextOfUser): Promise<LockedText> {
  const last = await connection.codedText.aggregate({ where: { studyId }, _max: { number: true } });
  const number = (last._max.number ?? -1) + 1;
  await connection.codedText.create({ data: { studyId, number, text } });
  return { number, isRevealed: false };
}

/** The user's number among the coders; a user without one becomes a coder. */
async function joinCoders(connection: Connection, { studyId, userId }: TextOfUser): Promise<number> {
  const known = await connection.textCoder.findUnique({ where: { studyId_userId: { studyId, userId } }, select: { number: true } });
  if (known !== null) return known.number;
  const number = await connection.textCoder.count({ where: { studyId } });
  await connection.textCoder.create({ data: { studyId, number, userId } });
  return number;
}

/**
 * @returns the text's number; null for a repetition of the same code.
 * @throws AppError NOT_FOUND for a text that no voter wrote, CONFLICT for another code of this user, and once codes are revealed.
 */
export async function codeText({ connection }: Transaction, { kind, label, ...of }: TextOfUser & TextCode): Promise<number | null> {
  const { studyId, text } = of;
  await lockStudy(connection, studyId);
  const given = await findGivenTexts(connection, studyId);
  if (!given.some((each) => each.text === text)) throw new AppError("NOT_FOUND", "No voter wrote this text.", { field: "input.text" });
  const { number, isRevealed } = (await findText(connection, of)) ?? (await createText(connection, of));
  const coder = await joinCoders(connection, of);
  const earlier = await connection.textCode.findUnique({ where: { studyId_number_coder: { studyId, number, coder } } });
  if (earlier !== null) {
    if (earlier.kind === kind && earlier.label === label) return null;
    throw new AppError("CONFLICT", "You have coded this text. Take that code back before you code it again.");
  }
  if (isRevealed) throw new AppError("CONFLICT", "The codes of this text are revealed, so it takes no more blind codes.");
  await connection.textCode.create({ data: { studyId, number, coder, kind, label } });
  return number;
}

/** @returns the text's number; null if the user has not coded it. @throws AppError CONFLICT once codes are revealed. */
export async function undoTextCode({ connection }: Transaction, of: TextOfUser): Promise<number | null> {
  const { studyId, userId } = of;
  await lockStudy(connection, studyId);
  const found = await findText(connection, of);
  if (found === null) return null;
  if (found.isRevealed) throw new AppError("CONFLICT", "The codes of this text have been revealed, so you can no longer take yours back.");
  const { number } = found;
  const { count } = await connection.textCode.deleteMany({ where: { studyId, number, by: { userId } } });
  return count === 0 ? null : number;
}

/**
 * Reveals the codes of all texts that are not revealed yet.
 * @returns the number of texts; 0 if all are revealed already.
 * @throws AppError CONFLICT unless the user and another coder have coded all of them.
 */
export async function revealTextCodes({ connection }: Transaction, { studyId, userId }: Omit<TextOfUser, "text">): Promise<number> {
  await lockStudy(connection, studyId);
  const revealed = await connection.codedText.findMany({ where: { studyId, revealedAt: { not: null } }, select: { text: true } });
  const known = new Set(revealed.map(({ text }) => text));
  const texts = (await findGivenTexts(connection, studyId)).flatMap(({ text }) => (known.has(text) ? [] : [text]));
  if (texts.length === 0) return 0;
  const counts = await countCodes(connection, { studyId, texts });
  const ready = [...counts].flatMap(([coder, codes]) => (codes === texts.length ? [coder] : []));
  const own = await connection.textCoder.findUnique({ where: { studyId_userId: { studyId, userId } }, select: { number: true } });
  if (own === null || !ready.includes(own.number)) throw new AppError("CONFLICT", "Code all texts before you compare codes.");
  if (ready.length < fewestCoders)
    throw new AppError("CONFLICT", "No other coder has coded all texts yet. Codes are compared once two coders have.");
  // Those that voters have taken back could get no second code.
  await forgetTexts(connection, studyId);
  await connection.codedText.updateMany({ where: { studyId, revealedAt: null }, data: { revealedAt: new Date() } });
  await markRecoded(connection, studyId);
  return texts.length;
}

/**
 * Settles a text on which coders differ.
 * @returns the text's number.
 * @throws AppError NOT_FOUND, or CONFLICT for a text that is blind, undisputed or settled.
 */
export async function settleText(
  { connection }: Transaction,
  { kind, label, reason, ...of }: TextOfUser & TextCode & { readonly reason: string },
): Promise<number> {
  const { studyId, userId } = of;
  await lockStudy(connection, studyId);
  const found = await findText(connection, of);
  if (found === null) throw new AppError("NOT_FOUND", "This text has no codes.", { field: "input.text" });
  if (!found.isRevealed) throw new AppError("CONFLICT", "Coders still code this text blind. Settle it once its codes are revealed.");
  const { number } = found;
  const codes = await connection.textCode.findMany({ where: { studyId, number }, distinct: ["kind", "label"], select: { kind: true } });
  if (codes.length < 2) throw new AppError("CONFLICT", "The coders agree on this text, so there is nothing to settle.");
  if ((await connection.textDecision.count({ where: { studyId, number } })) > 0)
    throw new AppError("CONFLICT", "This text is already settled. Decisions are not changed.");
  await connection.textDecision.create({ data: { studyId, number, kind, label, reason, decidedById: userId } });
  await markRecoded(connection, studyId);
  return number;
}

/** Deletes the texts that no answer gives any more, with their codes. Called with the study locked. */
export async function forgetTexts(connection: Connection, studyId: string): Promise<void> {
  const coded = await connection.codedText.findMany({ where: { studyId }, select: { number: true, text: true } });
  if (coded.length === 0) return;
  const given = new Set((await findGivenTexts(connection, studyId)).map(({ text }) => text));
  const numbers = coded.flatMap(({ number, text }) => (given.has(text) ? [] : [number]));
  await connection.codedText.deleteMany({ where: { studyId, number: { in: numbers } } });
}
