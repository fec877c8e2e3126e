"use client";
/** The providers around every page: theme, GraphQL client, view state in the URL, and toasts. */
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { Toaster } from "sonner";
import { Provider } from "urql";
import { createGraphqlClient } from "../../graphql/client/createGraphqlClient.ts";
import { UndoShortcut } from "../marks/useUndo.tsx";
import styles from "./Providers.module.css";
import { UpdateToast } from "./UpdateToast.tsx";

export function Providers({ children, nonce }: { children: ReactNode; nonce: string | undefined }) {
  const [client] = useState(createGraphqlClient);
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <Provider value={client}>
        <NuqsAdapter>
          {children}
          <UpdateToast />
          <UndoShortcut />
          <Toaster position="bottom-right" toastOptions={{ className: styles.toast ?? "" }} />
        </NuqsAdapter>
      </Provider>
    </ThemeProvider>
  );
}
