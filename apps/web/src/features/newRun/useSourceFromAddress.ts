"use client";
/** Loads the source image named in the page's address. Reports a missing image, and offers a retry after a failed request. */
import { useMemo } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewRunSourceDocument, type NewRunSourceQuery } from "../../graphql/generated/graphql.ts";
import { quoteValue } from "../marks/addressProblems.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import type { AddressProblems } from "./methodAddress.ts";
import type { SourceChoice } from "./sourceChoice.ts";

interface RequestedSource {
  readonly source: SourceChoice | null;
  /** The error at the field. */
  readonly problem: string | null;
  /** The error for the top of the page, if the address is wrong. */
  readonly problems: AddressProblems;
  /** Loads the image again after a failed request; null otherwise. */
  readonly retry: (() => void) | null;
}

const noProblems: AddressProblems = {};

function toSource(node: NewRunSourceQuery["node"]): SourceChoice | null {
  if (node?.__typename === "Image") return { id: node.id, name: `requested, ${node.width} × ${node.height}`, image: node };
  return node?.__typename === "Photo" ? { id: node.id, name: node.label ?? node.name, image: node.image } : null;
}

export function useSourceFromAddress(id: string | null): RequestedSource {
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
    isFound: ({ node }) => toSource(node) !== null,
  });
  const source = toSource(data?.node ?? null);
  const missing = id !== null && notFound;
  const message = missing ? `There is no image ${quoteValue(id)} to start from; choose another.` : null;
  const problems = useMemo(() => (message === null ? noProblems : { source: { atField: message, atTop: message } }), [message]);
  if (source !== null || id === null || missing || error === undefined) return { source, problem: message, problems, retry: null };
  return { source, problem: `The image ${quoteValue(id)} could not be loaded. ${plainMessage(error.message)}`, problems, retry };
}
