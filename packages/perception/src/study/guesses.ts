/**
 * Whether the guesses among the answers of a forced choice can be counted. The threshold model takes each answer for recognition or a guess
 * at the level of chance, so the share p of agreeing votes is r + (1 - r) chance, of which r is recognised. This requires that all voters
 * who recognise nothing guess: some who answer "can't tell" would have guessed right.
 */
import { type CountedVotes, none } from "../countedVotes.ts";
import { offersCantTell, type Protocol } from "../protocols/registry.ts";

/** The same of votes that several studies contribute to, none of which says how many of its answers are guesses. */
export const guessesOfStudiesAreUnknown =
  `Voters of these studies answered "can't tell", so not everyone who recognised nothing has guessed, and the number of guesses among the ` +
  "other answers is unknown.";

interface Answers {
  readonly protocol: Protocol;
  readonly votes: Pick<CountedVotes, "answer">;
}

/** Why guesses cannot be counted, as a sentence for the page; null if they can. */
export function whyGuessesAreUnknown({ protocol, votes }: Answers): string | null {
  if (!offersCantTell(protocol)) return null;
  const cantTell = votes.answer.filter((answer) => answer === none).length;
  if (cantTell === 0) return null;
  const answers = `${cantTell} of ${votes.answer.length} answers are`;
  return (
    `${answers} "can't tell", so not everyone who recognised nothing has guessed, and the number of guesses among the other answers is unknown. ` +
    `Ask without "can't tell" to correct for guessing.`
  );
}
