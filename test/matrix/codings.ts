/** Texts of a study with codes in each state, given by the people of the local workspace. */
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { localUserId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";

/** By what they are for: coded blind by all coders, disputed, and settled. */
export const texts = { blind: "cat", disputed: "blob", settled: "dog" } as const;
export const uncoded = "owl";

/** A voter without an account, who wrote these texts, and nothing else. */
export async function writeTexts({ database }: AccountsApi, studyId: string, written: readonly string[]): Promise<void> {
  const { connection } = database;
  const { planText } = await connection.study.findUniqueOrThrow({ where: { id: studyId } });
  const plan = parseStudyPlan(JSON.parse(planText ?? ""));
  // With few images, the next question could offer no other label.
  const voter = { number: 1_000, items: plan.rules.design.stimuli.map((_, item) => item), insider: false, still: false };
  const session = trialsOf(plan, { ...voter, finished: true });
  const trials = session.filter(({ phase, role }) => phase === 0 && role === "counted");
  const id = `texts_${studyId}`;
  const now = new Date();
  const joined = { consentVersion: 1, language: "en", leaseExpiresAt: now, finishedAt: now };
  await connection.studyVoter.create({ data: { id, studyId, ...voter, ...joined, trialCount: session.length } });
  await connection.vote.createMany({
    data: written.map((text, index) => ({
      voterId: id,
      trial: trials[index]?.number ?? -1,
      studyId,
      role: "COUNTED" as const,
      item: trials[index]?.item ?? -1,
      submissionId: `${id}_${index}`,
      answer: { text },
      votedAt: now,
    })),
  });
}

/** The last coder's account is deleted, so that two have coded all texts in the second workspace, too. */
export async function writeCodings(api: AccountsApi, studyId: string): Promise<void> {
  const { connection } = api.database;
  await writeTexts(api, studyId, Object.values(texts));
  const people = await connection.user.findMany({ where: { id: { in: [localUserId, "researcher"] } } });
  const coders = [...people.map(({ id }) => id), null].map((userId, number) => ({ studyId, number, userId }));
  await connection.textCoder.createMany({ data: coders });
  const revealedAt = new Date();
  await connection.codedText.createMany({
    data: Object.values(texts).map((text, number) => ({ studyId, number, text, revealedAt: text === texts.blind ? null : revealedAt })),
  });
  const last = coders.length - 1;
  await connection.textCode.createMany({
    data: Object.values(texts).flatMap((_text, number) =>
      coders.map(({ number: coder }) => {
        const code = coder === last ? { kind: "NONE" as const } : { kind: "LABEL" as const, label: 1 };
        return { studyId, number, coder, ...code };
      }),
    ),
  });
  const settled = Object.values(texts).indexOf(texts.settled);
  await connection.textDecision.create({
    data: { studyId, number: settled, kind: "LABEL", label: 1, reason: "It names the animal.", decidedById: localUserId },
  });
}

/** Gives what belongs to the local user to another one. */
export async function moveCodings({ database }: AccountsApi, userId: string): Promise<void> {
  const { connection } = database;
  await connection.textCoder.updateMany({ where: { userId: localUserId }, data: { userId } });
  await connection.textDecision.updateMany({ where: { decidedById: localUserId }, data: { decidedById: userId } });
}
