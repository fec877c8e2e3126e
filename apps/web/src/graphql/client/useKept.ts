"use client";
/** The last data that came, over a request that brought none: what a page shows outlives an API that is away. */
import { useState } from "react";

export function useKept<T>(data: T | undefined): T | undefined {
  const [kept, setKept] = useState(data);
  if (data !== undefined && data !== kept) setKept(data);
  return data ?? kept;
}
