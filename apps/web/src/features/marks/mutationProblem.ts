/** Why a mutation failed, as text for the user. */
import type { CombinedError } from "urql";
import { noAnswerMessage } from "./noAnswer.ts";

export interface MutationAnswer {
  readonly __typename: string;
  /** Only errors have one. */
  readonly message?: string;
}

/** Null if the mutation succeeded. */
export function mutationProblem(answer: MutationAnswer | undefined, error: CombinedError | undefined): string | null {
  if (answer !== undefined) return answer.message ?? null;
  return (
    error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} The change may have been made all the same; if it does not show, try again.`
  );
}
