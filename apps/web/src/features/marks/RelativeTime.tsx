"use client";
/** How long ago, ticking; the exact time on hover and for machines. */
import { useEffect, useState } from "react";
import { formatAgo } from "./numbers.ts";

export function RelativeTime({ time }: { time: string }) {
  const [now, setNow] = useState(() => new Date());
  const date = new Date(time);
  const young = now.getTime() - date.getTime() < 90_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), young ? 1_000 : 30_000);
    return () => clearInterval(timer);
  }, [young]);
  return (
    <time dateTime={time} title={date.toLocaleString("en-GB")} suppressHydrationWarning>
      {formatAgo(date, now)}
    </time>
  );
}
