/**
 * Reads the texts that voters of a study wrote, and their codes. Blindness is enforced here: before a text's codes are revealed, a coder reads
 * only their own.
 */
import { normaliseText } from "@pareidolia/core/normaliseText";
import type { TextCode } from "@pareidolia/core/textCode";
import type { Connection } from "../../server/database/database.ts";

export interface GivenText {
  /** Normalised, and distinct. */
  readonly text: string;
  /** Answers to counted trials that give it. */
  readonly votes: number;
}

/** The texts of a study's counted answers, in order of their characters. */
export async function findGivenTexts(connection: Connection, studyId: string): Promise<GivenText[]> {
  const rows = await connection.$queryRaw<GivenText[]>`
    SELECT answer ->> 'text' AS text, count(*)::int AS votes FROM votes
    WHERE study_id = ${studyId} AND role = 'COUNTED' AND NOT repeated AND answer ->> 'text' IS NOT NULL GROUP BY 1`;
  const votes = new Map<string, number>();
  for (const row of rows) {
    const text = normaliseText(row.text);
    votes.set(text, (votes.get(text) ?? 0) + row.votes);
  }
  return [...votes].map(([text, count]) => ({ text, votes: count })).sort((one, other) => (one.text < other.text ? -1 : 1));
}

export interface TextCoderRecord {
  /** From 0. */
  readonly number: number;
  /** Null for a deleted account. */
  readonly userId: string | null;
}

export function findTextCoders(connection: Connection, studyId: string): Promise<TextCoderRecord[]> {
  return connection.textCoder.findMany({ where: { studyId }, orderBy: { number: "asc" }, select: { number: true, userId: true } });
}

export interface CoderCodeRecord extends TextCode {
  readonly coder: number;
  readonly codedAt: Date;
}

export interface TextDecisionRecord extends TextCode {
  readonly reason: string;
  readonly decidedById: string | null;
  readonly decidedAt: Date;
}

export interface CodedTextRecord {
  readonly text: string;
  readonly isRevealed: boolean;
  /** All that are revealed; otherwise the reader's own. */
  readonly codes: readonly CoderCodeRecord[];
  readonly decision: TextDecisionRecord | null;
}

const code = { coder: true, kind: true, label: true, codedAt: true } as const;
const decision = { kind: true, label: true, reason: true, decidedById: true, decidedAt: true } as const;

/** The texts that have a code which the user may see: their own, and all revealed ones. In no particular order. */
export async function findCodedTexts(
  connection: Connection,
  { studyId, userId }: { readonly studyId: string; readonly userId: string },
): Promise<CodedTextRecord[]> {
  const own = await connection.codedText.findMany({
    where: { studyId, revealedAt: null, codes: { some: { by: { userId } } } },
    select: { text: true, codes: { where: { by: { userId } }, select: code } },
  });
  return [
    ...own.map(({ text, codes }) => ({ text, isRevealed: false, codes, decision: null })),
    ...(await findRevealedTexts(connection, studyId)),
  ];
}

/** The texts whose codes are revealed, in order of their first codes. */
export async function findRevealedTexts(connection: Connection, studyId: string): Promise<CodedTextRecord[]> {
  const texts = await connection.codedText.findMany({
    where: { studyId, revealedAt: { not: null } },
    orderBy: { number: "asc" },
    select: { text: true, codes: { select: code, orderBy: { coder: "asc" } }, decision: { select: decision } },
  });
  return texts.map((text) => ({ ...text, isRevealed: true }));
}

/** Of each coder, how many of these texts have a code, by the coder's number. */
export async function countCodes(
  connection: Connection,
  { studyId, texts }: { readonly studyId: string; readonly texts: readonly string[] },
): Promise<ReadonlyMap<number, number>> {
  const rows = await connection.$queryRaw<{ readonly coder: number; readonly codes: number }[]>`
    SELECT c.coder, count(*)::int AS codes FROM text_codes c JOIN coded_texts t ON t.study_id = c.study_id AND t.number = c.number
    WHERE c.study_id = ${studyId} AND t.text = ANY (${[...texts]}::text[]) GROUP BY c.coder`;
  return new Map(rows.map(({ coder, codes }) => [coder, codes]));
}
