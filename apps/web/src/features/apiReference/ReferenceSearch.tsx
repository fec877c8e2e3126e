"use client";
/** The search field of the API reference. The text is in the address, so that a link leads to the same results. */
import { useEffect, useRef, useState } from "react";
import { useRouter } from "../addresses/navigation.ts";
import { useDebounced } from "../marks/useDebounced.ts";
import styles from "./ApiReference.module.css";

export function ReferenceSearch({ typed }: { readonly typed: string }) {
  const router = useRouter();
  const [text, setText] = useState(typed);
  const sent = useRef(typed);
  const settled = useDebounced(text);
  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    router.replace(settled.trim() === "" ? "/api-reference" : `/api-reference?q=${encodeURIComponent(settled)}`);
  }, [settled, router]);
  return (
    <input
      className={`input ${styles.search}`}
      type="search"
      aria-label="Search the API"
      placeholder="A type, field or word"
      data-slash
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
