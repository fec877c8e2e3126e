"use client";
/** What is typed, once the typing pauses, for requests about it. */
import { useEffect, useState } from "react";

const debounceMilliseconds = 120;

export function useDebounced(typed: string): string {
  const [debounced, setDebounced] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(typed), debounceMilliseconds);
    return () => clearTimeout(timer);
  }, [typed]);
  return debounced;
}
