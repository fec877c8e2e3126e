"use client";
/** The user's sessions, and how to end them. */
import { useMutation } from "urql";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import {
  type ListedSessionFragment,
  RevokeSessionDocument,
  ViewerSessionsDocument,
  type ViewerSessionsQuery,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { postAccount } from "../session/account.ts";
import { currentFirst } from "./sessionList.ts";

export interface Sessions {
  /** The current session first. Undefined until loaded. */
  readonly sessions: readonly ListedSessionFragment[] | undefined;
  /** Why the list could not be loaded. */
  readonly error: string | undefined;
  readonly reload: () => void;
  /** Resolves to the reason if the session could not be ended. */
  readonly end: (id: string) => Promise<string | null>;
  readonly endOthers: () => Promise<string | null>;
}

const sessionsOf = ({ viewer }: ViewerSessionsQuery) => viewer.sessions;

export function useSessions(): Sessions {
  const { nodes, error, refetch } = useAllPages(ViewerSessionsDocument, {}, sessionsOf);
  const [, revoke] = useMutation(RevokeSessionDocument);
  return {
    sessions: nodes === undefined ? undefined : currentFirst(nodes),
    error,
    reload: refetch,
    async end(id) {
      const { data, error: problem } = await revoke({ input: { sessionId: id } });
      refetch();
      return mutationProblem(data?.revokeSession, problem);
    },
    async endOthers() {
      const answer = await postAccount("/revoke-other-sessions", {});
      refetch();
      return "refusal" in answer ? answer.refusal.message : null;
    },
  };
}
