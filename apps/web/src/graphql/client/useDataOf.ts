"use client";
import { useState } from "react";
import type { LiveQuery } from "./useLiveQuery.ts";

/**
 * The data of a query unless it belongs to another thing: it stays while other variables change, such as the generation shown.
 * @param thing Identifies what the data is about, by some of the query's variables.
 */
export function useDataOf<Data>(thing: string, { data, isPrevious }: Pick<LiveQuery<Data>, "data" | "isPrevious">): Data | undefined {
  const [loaded, setLoaded] = useState<string | null>(null);
  const isPresent = data !== undefined && !isPrevious;
  if (isPresent && loaded !== thing) setLoaded(thing);
  return isPresent || loaded === thing ? data : undefined;
}
