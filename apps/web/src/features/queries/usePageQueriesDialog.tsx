"use client";
/** The queries of the page that the shell shows, and their dialog, which loads when it is first opened. */
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type PageQueries, type PageQuery, usePageQueries } from "../../graphql/client/pageQueries.tsx";

const PageQueriesDialog = lazy(async () => ({ default: (await import("./PageQueriesDialog.tsx")).PageQueriesDialog }));

export interface PageQueriesDialogState {
  /** For the context around the page. */
  readonly queries: PageQueries;
  readonly show: () => void;
  readonly dialog: ReactNode;
}

export function usePageQueriesDialog(): PageQueriesDialogState {
  const queries = usePageQueries();
  const [shown, setShown] = useState<readonly PageQuery[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  return {
    queries,
    show: () => {
      setShown(queries.list());
      setOpen(true);
    },
    dialog:
      shown === null ? null : (
        <Suspense>
          <PageQueriesDialog open={isOpen} queries={shown} onClose={() => setOpen(false)} />
        </Suspense>
      ),
  };
}
