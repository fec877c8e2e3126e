"use client";
/** The pages of an unlisted experiment, for holders of its link. Their client sends the link with each request and shares no cache. */
import { type ReactNode, useMemo, useState } from "react";
import { Provider } from "urql";
import { createGraphqlClient } from "../../graphql/client/createGraphqlClient.ts";
import { QueryAccessContext } from "../queries/queryAccess.ts";
import { linkedPlace } from "./sharedAddresses.ts";
import { SharedPlaceContext } from "./sharedPlace.ts";

export function LinkedPlace({ token, children }: { readonly token: string; readonly children: ReactNode }) {
  const [client] = useState(() => createGraphqlClient({ shareToken: token }));
  const access = useMemo(() => ({ needsKey: false, headers: { "x-share-token": token } }), [token]);
  return (
    <Provider value={client}>
      <QueryAccessContext value={access}>
        <SharedPlaceContext value={linkedPlace(token)}>{children}</SharedPlaceContext>
      </QueryAccessContext>
    </Provider>
  );
}
