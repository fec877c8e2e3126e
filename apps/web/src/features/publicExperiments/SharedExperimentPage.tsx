"use client";
/** The page of an unlisted experiment, for holders of its link. Its client sends the link with each request and shares no cache. */
import { useMemo, useState } from "react";
import { Provider } from "urql";
import { createGraphqlClient } from "../../graphql/client/createGraphqlClient.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SharedExperimentDocument } from "../../graphql/generated/graphql.ts";
import { QueryAccessContext } from "../queries/queryAccess.ts";
import { pollOf } from "./pollOf.ts";
import { SharedState } from "./SharedState.tsx";
import { SharedView } from "./SharedView.tsx";

export function SharedExperimentPage({ token }: { readonly token: string }) {
  const [client] = useState(() => createGraphqlClient({ shareToken: token }));
  const access = useMemo(() => ({ needsKey: false, headers: { "x-share-token": token } }), [token]);
  return (
    <Provider value={client}>
      <QueryAccessContext value={access}>
        <LinkedExperiment />
      </QueryAccessContext>
    </Provider>
  );
}

function LinkedExperiment() {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: SharedExperimentDocument,
    isFound: ({ sharedExperiment }) => sharedExperiment != null,
    poll: (last) => pollOf(last?.sharedExperiment ?? null),
  });
  const experiment = data?.sharedExperiment ?? null;
  if (experiment === null || notFound) return <SharedState notFound={notFound} message={error?.message} onRetry={refetch} />;
  return <SharedView experiment={experiment} />;
}
