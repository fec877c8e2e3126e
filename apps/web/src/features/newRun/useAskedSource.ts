"use client";
/** The image that an address asks to start from, once it is found; and the words where it cannot be. */
import { useQuery } from "urql";
import { NewRunSourceDocument } from "../../graphql/generated/graphql.ts";
import type { SourceWanted } from "./SourcePicker.tsx";

export function useAskedSource(id: string | null): { readonly source: SourceWanted | null; readonly problem: string | null } {
  const [{ data, error }] = useQuery({ query: NewRunSourceDocument, variables: { id: id ?? "" }, pause: id === null });
  if (data?.node?.__typename === "Image") {
    const { id: found, url, width, height } = data.node;
    return { source: { id: found, name: `stored, ${width} × ${height}`, image: { url, width, height } }, problem: null };
  }
  const missing = id !== null && (data !== undefined || error !== undefined);
  return { source: null, problem: missing ? "The address names an image that is not here; choose another." : null };
}
