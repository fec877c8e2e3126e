"use client";
/** The queries of the page that is open, which it lists for programs. Hooks that load data note theirs while they are mounted. */
import { createContext, useContext, useEffect, useState } from "react";
import type { AnyVariables, DocumentInput } from "urql";

// oxlint-disable-next-line typescript/no-explicit-any -- a document of any data
type Document = DocumentInput<any, any>;

export interface PageQuery {
  readonly document: Document;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface PageQueries {
  /** Returns a function that removes it. */
  add(query: PageQuery): () => void;
  /** The queries in the order in which the page loaded them, each once: further pages of a list are left out. */
  list(): readonly PageQuery[];
}

function withoutCursor({ document, variables: { after: _cursor, ...variables } }: PageQuery): PageQuery {
  return { document, variables };
}

function createPageQueries(): PageQueries {
  const added = new Set<PageQuery>();
  return {
    add(query) {
      added.add(query);
      return () => added.delete(query);
    },
    list() {
      const known = new Map<Document, Set<string>>();
      return [...added].map(withoutCursor).filter(({ document, variables }) => {
        const seen = known.get(document) ?? new Set();
        known.set(document, seen);
        const key = JSON.stringify(variables);
        return !seen.has(key) && seen.add(key);
      });
    },
  };
}

/** Null outside a page, as for the rail's counts. */
export const PageQueriesContext = createContext<PageQueries | null>(null);

export function usePageQueries(): PageQueries {
  const [queries] = useState(createPageQueries);
  return queries;
}

/** Notes a query of the page; null variables note nothing. */
export function useNoteQuery(document: Document, variables: AnyVariables | null): void {
  const queries = useContext(PageQueriesContext);
  const key = variables === null ? null : JSON.stringify(variables ?? {});
  useEffect(() => {
    if (queries !== null && key !== null) return queries.add({ document, variables: JSON.parse(key) });
  }, [queries, document, key]);
}
