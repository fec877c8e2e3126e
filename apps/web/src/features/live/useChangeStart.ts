"use client";
/** Follows the changes since the page's server has asked for their number, which was before any data was loaded. */
import { useState } from "react";
import { useClient } from "urql";
import { changeFeedOf } from "./changeFeed.ts";

/** Call it above all parts that follow changes. @param seq Null if the number is unknown. */
export function useChangeStart(seq: number | null): void {
  const client = useClient();
  useState(() => {
    if (seq !== null) changeFeedOf(client).startAfter(seq);
  });
}
