"use client";
/** The image that an address asks to start from, once it is found; where it is not, the words for that, and where it did not load, the way to try again. */
import { useMemo } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewRunSourceDocument, type NewRunSourceQuery } from "../../graphql/generated/graphql.ts";
import { quoteAsked } from "../marks/addressProblems.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import type { AskedProblems } from "./askedValues.ts";
import type { SourceWanted } from "./sourceWanted.ts";

interface AskedSource {
  readonly source: SourceWanted | null;
  /** What stands at the field. */
  readonly problem: string | null;
  /** The same for the top of the page where the address itself is at fault. */
  readonly problems: AskedProblems;
  /** Where it may be there and was not loaded. */
  readonly retry: (() => void) | null;
}

const nothing: AskedProblems = {};

function sourceOf(node: NewRunSourceQuery["node"]): SourceWanted | null {
  if (node?.__typename === "Image") return { id: node.id, name: `asked for, ${node.width} × ${node.height}`, image: node };
  return node?.__typename === "Photo" ? { id: node.id, name: node.label ?? node.name, image: node.image } : null;
}

export function useAskedSource(id: string | null): AskedSource {
  const {
    data,
    error,
    notFound,
    refetch: retry,
  } = useLiveQuery({
    query: NewRunSourceDocument,
    variables: { id: id ?? "" },
    pause: id === null,
    requestPolicy: "cache-first",
    isFound: ({ node }) => sourceOf(node) !== null,
  });
  const source = sourceOf(data?.node ?? null);
  const missing = id !== null && notFound;
  const words = missing ? `There is no image ${quoteAsked(id)} here to start from; choose another.` : null;
  const problems = useMemo(() => (words === null ? nothing : { source: { atField: words, atTop: words } }), [words]);
  if (source !== null || id === null || missing || error === undefined) return { source, problem: words, problems, retry: null };
  return { source, problem: `The image ${quoteAsked(id)} could not be loaded. ${plainMessage(error.message)}`, problems, retry };
}
