"use client";
/** The providers around every page: theme, GraphQL client, and view state in the URL. */
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { Provider } from "urql";
import { createGraphqlClient } from "../../graphql/client/createGraphqlClient.ts";
import { useWorkspaceSlug } from "../addresses/navigation.ts";

export function Providers({ children, nonce }: { children: ReactNode; nonce: string | undefined }) {
  // A document stays in one workspace.
  const workspace = useWorkspaceSlug();
  const [client] = useState(() => createGraphqlClient({ workspace }));
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <Provider value={client}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </Provider>
    </ThemeProvider>
  );
}
