"use client";
/** The SHA-256 of a plan's canonical text, computed by this browser. */
import { useEffect, useState } from "react";

/** In lower-case hexadecimal digits; null where the browser offers no hashes, as on pages without HTTPS. */
export async function hashText(text: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Undefined while it is computed; null where it cannot be. */
export function useHash(text: string | null): string | null | undefined {
  const [hashed, setHashed] = useState<{ readonly text: string; readonly hash: string | null } | null>(null);
  useEffect(() => {
    if (text === null) return;
    let current = true;
    void hashText(text).then((hash) => {
      if (current) setHashed({ text, hash });
    });
    return () => {
      current = false;
    };
  }, [text]);
  return hashed !== null && hashed.text === text ? hashed.hash : undefined;
}

/** `9c41 7e0b … 52fd`. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;
}
