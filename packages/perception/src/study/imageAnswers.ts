/**
 * How people answered about one image of a study, for each question: the share that agrees with its label, and the number of votes for each
 * answer. Answers are counted directly from the votes, so new votes appear immediately.
 */
import { intervalOfShare, type ShareInterval } from "../intervals/shareInterval.ts";
import { agreesWithLabel, chanceOf, countsAsVote, type Protocol, whyWithout } from "../protocols/registry.ts";
import type { Answer } from "../protocols/screen.ts";
import type { DesignedTrials } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import type { Figure } from "./results/figure.ts";

export interface AnswerToImage {
  readonly trial: Trial;
  readonly answer: Answer;
  /** Whether the plan leaves the voter out. */
  readonly excluded: boolean;
}

/** An answer: a class, a written text, yes or no, or nothing for "can't tell". */
export type AnswerMeaning =
  | { readonly kind: "label"; readonly label: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "yes" }
  | { readonly kind: "no" }
  | { readonly kind: "cantTell" };

export interface CountedAnswer {
  readonly meaning: AnswerMeaning;
  /** Whether it agrees with the image's label. */
  readonly agrees: boolean;
  /** Votes for this answer, out of n. */
  readonly votes: number;
  readonly share: Figure;
}

export interface QuestionAnswers {
  /** The question's place in the plan, from 0. */
  readonly phase: number;
  readonly protocol: Protocol;
  /** Probability that a guess agrees; null if the question has no right answer. */
  readonly chance: number | null;
  /** Answers that count as votes. */
  readonly votes: number;
  /** Why votes neither agree nor disagree with the label, as a sentence; null if they do. */
  readonly withoutAgreement: string | null;
  /** The share of votes that agree with the label; null without votes, or if the question has no agreement. */
  readonly agreement: (Figure & { readonly agreeing: number }) | null;
  /** Most frequent first. Empty for questions whose answers are ratings or other images. */
  readonly answers: readonly CountedAnswer[];
  /** Answers that are left out as planned, and "can't tell" where that counts as a missing vote. */
  readonly excluded: number;
  readonly missing: number;
}

function meaningOf({ kind }: Protocol, trial: Trial, answer: Answer): AnswerMeaning | null {
  if ("cantTell" in answer) return { kind: "cantTell" };
  if ("text" in answer) return { kind: "text", text: answer.text.toLowerCase() };
  if (!("choice" in answer)) return null;
  if (kind === "yesNo") return { kind: answer.choice === 0 ? "yes" : "no" };
  const label = kind === "alternatives" ? trial.options[answer.choice] : undefined;
  return label === undefined ? null : { kind: "label", label };
}

/** @param side "everyone" counts the votes of excluded voters, too. */
export function imageAnswers(
  { phases }: Pick<DesignedTrials, "phases">,
  given: readonly AnswerToImage[],
  side: "planned" | "everyone",
  interval: ShareInterval = "wilson",
): QuestionAnswers[] {
  return phases.map(({ protocol }, phase) => {
    const own = given.filter(({ trial }) => trial.phase === phase);
    const kept = side === "planned" ? own.filter(({ excluded }) => !excluded) : own;
    const votes = kept
      .filter(({ answer }) => countsAsVote(protocol, answer))
      .map((one) => ({ ...one, agrees: agreesWithLabel(protocol, one.trial, one.answer) }));
    const agreeing = votes.filter(({ agrees }) => agrees === true).length;
    const withoutAgreement = whyWithout(protocol, "agreement");
    return {
      phase,
      protocol,
      chance: chanceOf(protocol),
      votes: votes.length,
      withoutAgreement,
      agreement:
        withoutAgreement === null && votes.length > 0
          ? { ...intervalOfShare(interval, agreeing, votes.length), n: votes.length, over: "voters", agreeing }
          : null,
      answers: countAnswers(protocol, votes, interval),
      excluded: own.length - kept.length,
      missing: kept.length - votes.length,
    };
  });
}

function countAnswers(
  protocol: Protocol,
  votes: readonly (AnswerToImage & { readonly agrees: boolean | null })[],
  interval: ShareInterval,
): CountedAnswer[] {
  const counted = new Map<string, { meaning: AnswerMeaning; agrees: boolean; votes: number }>();
  for (const { trial, answer, agrees } of votes) {
    const meaning = meaningOf(protocol, trial, answer);
    if (meaning === null) continue;
    const key = JSON.stringify(meaning);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { meaning, agrees: agrees === true, votes: 1 });
    else known.votes++;
  }
  const all = [...counted.entries()].sort(([oneKey, one], [otherKey, other]) => other.votes - one.votes || (oneKey < otherKey ? -1 : 1));
  return all.map(([, one]) => ({
    ...one,
    share: { ...intervalOfShare(interval, one.votes, votes.length), n: votes.length, over: "voters" },
  }));
}
