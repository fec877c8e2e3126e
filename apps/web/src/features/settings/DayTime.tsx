"use client";
/** A day in the past or an expiry, with the exact time as the tooltip. */
import { useState } from "react";
import styles from "./DayTime.module.css";
import { expiresWithin, formatExpiry, formatPastDay } from "./days.ts";

export function PastDay({ time }: { readonly time: string }) {
  const [now] = useState(() => new Date());
  const date = new Date(time);
  return (
    <time dateTime={time} title={date.toLocaleString("en-GB")} suppressHydrationWarning>
      {formatPastDay(date, now)}
    </time>
  );
}

/** @param soon The last days, in which it is emphasised. */
export function Expiry({ time, soon }: { readonly time: string; readonly soon: number }) {
  const [now] = useState(() => new Date());
  const date = new Date(time);
  return (
    <time
      dateTime={time}
      title={date.toLocaleString("en-GB")}
      className={expiresWithin(soon, date, now) ? styles.soon : undefined}
      suppressHydrationWarning
    >
      {formatExpiry(date, now)}
    </time>
  );
}
