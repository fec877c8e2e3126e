import type { VotingTexts } from "./englishTexts.ts";

/** Why a button's request failed, for the voter. */
export function problemText(texts: VotingTexts, code: string): string {
  if (code === "NO_ANSWER" || code === "UNAVAILABLE") return texts.problemConnection;
  if (code === "RATE_LIMITED" || code === "QUOTA_EXCEEDED") return texts.problemLimit;
  return code === "NOT_FOUND" || code === "INVALID_INPUT" ? texts.problemCode : texts.problemOther;
}
