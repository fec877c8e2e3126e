/**
 * The voting client on the API. It has no cache: a ballot is only right at the moment when it was read, and nothing of another voter may
 * appear. The page needs no account, and sends a member's cookie if there is one.
 */
import { type AnyVariables, type CombinedError, createClient, type DocumentInput, fetchExchange } from "urql";
import { fetchWithTimeout } from "../../graphql/client/fetchWithTimeout.ts";
import { persistedExchange } from "../../graphql/client/persistedExchange.ts";
import {
  BallotWeightDocument,
  CastVotesDocument,
  FinishStudyDocument,
  JoinStudyDocument,
  UndoVoteDocument,
  VoterBallotDocument,
  VoterTrialsDocument,
  WithdrawVotesDocument,
} from "../../graphql/generated/graphql.ts";
import { addressOnPage } from "../addresses/pageAddress.ts";
import type { StudyAddress } from "./studyAddress.ts";
import { type VotingClient, VotingError } from "./votingClient.ts";

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
}

/** A request without a response has the code NO_ANSWER. */
function failure(error: CombinedError): VotingError {
  const [first] = error.graphQLErrors;
  const code = first?.extensions?.["code"];
  return new VotingError(typeof code === "string" ? code : first === undefined ? "NO_ANSWER" : "INTERNAL", error.message);
}

/** @throws VotingError unless the mutation succeeded. */
function successOf<A extends Answer, T extends A["__typename"]>(answer: A, name: T): Extract<A, { readonly __typename: T }> {
  if (answer.__typename === name) return answer as Extract<A, { readonly __typename: T }>;
  throw new VotingError(answer.code ?? "INTERNAL", answer.message ?? "");
}

export function createVotingClient(address: StudyAddress): VotingClient {
  const exchanges = [persistedExchange(), fetchExchange];
  const client = createClient({ url: addressOnPage("/graphql"), fetch: fetchWithTimeout, preferGetMethod: false, exchanges });
  const send = async <Data, Variables extends AnyVariables>(
    kind: "query" | "mutation",
    document: DocumentInput<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    const { data, error } = await (kind === "query" ? client.query(document, variables) : client.mutation(document, variables)).toPromise();
    if (error !== undefined) throw failure(error);
    if (data === undefined) throw new VotingError("NO_ANSWER", "The API did not answer.");
    return data;
  };
  const readVoterBallot = async (session: string | null) =>
    (await send("query", VoterBallotDocument, { ...address, session })).ballot ?? null;
  /** The study of a session is the session's own; only members without one have to name it. */
  const participation = (session: string | null) => ({ session, ...("study" in address ? { study: address.study } : {}) });
  return {
    async readBallot(session) {
      const ballot = await readVoterBallot(session);
      // The API does not say whether the study or the session is unknown.
      return ballot === null && session !== null ? readVoterBallot(null) : ballot;
    },
    async readWeight() {
      return (await send("query", BallotWeightDocument, address)).ballot?.imageBytes ?? null;
    },
    async join(request) {
      const { joinStudy } = await send("mutation", JoinStudyDocument, { input: { ...address, ...request } });
      const { ballot, session, withdrawalCode } = successOf(joinStudy, "JoinStudySuccess");
      return { ballot, session: session ?? null, withdrawalCode: withdrawalCode ?? null };
    },
    async readTrials(session, from, count) {
      const { ballot } = await send("query", VoterTrialsDocument, { ...address, session, from, count });
      const trials = ballot?.voter?.trials;
      if (trials === undefined) throw new VotingError("NOT_FOUND", "The session is unknown.");
      return trials;
    },
    async cast(session, votes) {
      const { castVotes } = await send("mutation", CastVotesDocument, { input: { ...participation(session), votes: [...votes] } });
      return successOf(castVotes, "CastVotesSuccess");
    },
    async undo(session, { trial, undoneAt }) {
      const { undoVote } = await send("mutation", UndoVoteDocument, { input: { ...participation(session), trial, undoneAt } });
      return successOf(undoVote, "UndoVoteSuccess").voter;
    },
    async finish(session) {
      const { finishStudy } = await send("mutation", FinishStudyDocument, { input: participation(session) });
      return successOf(finishStudy, "FinishStudySuccess").voter;
    },
    async withdraw(proof) {
      const { withdrawVotes } = await send("mutation", WithdrawVotesDocument, { input: { ...address, ...proof } });
      return successOf(withdrawVotes, "WithdrawVotesSuccess").removedVotes;
    },
  };
}
