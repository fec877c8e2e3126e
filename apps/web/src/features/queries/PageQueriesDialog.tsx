"use client";
/** The dialog with all queries that the open page has loaded, for programs. */
import type { PageQuery } from "../../graphql/client/pageQueries.tsx";
import { textsOf } from "./pageQueryTexts.ts";
import { QueryDialog } from "./QueryDialog.tsx";

interface PageQueriesDialogProps {
  readonly open: boolean;
  readonly queries: readonly PageQuery[];
  readonly onClose: () => void;
}

export function PageQueriesDialog({ open, queries, onClose }: PageQueriesDialogProps) {
  return <QueryDialog title="Queries of this page" open={open} queries={textsOf(queries)} onClose={onClose} />;
}
