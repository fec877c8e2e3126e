"use client";
/** The time since an event, updated regularly, with the exact time as the tooltip and in `dateTime`. */
import { useEffect, useState } from "react";
import { formatAgo } from "./numbers.ts";

export function RelativeTime({ time }: { time: string }) {
  const [now, setNow] = useState(() => new Date());
  const date = new Date(time);
  const isRecent = now.getTime() - date.getTime() < 90_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), isRecent ? 1_000 : 30_000);
    return () => clearInterval(timer);
  }, [isRecent]);
  return (
    <time dateTime={time} title={date.toLocaleString("en-GB")} suppressHydrationWarning>
      {formatAgo(date, now)}
    </time>
  );
}
