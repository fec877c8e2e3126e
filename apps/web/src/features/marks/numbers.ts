/** Formats counts, rates, durations and times for pages. */

/** Creates a format when it is first used; creating all five took 22 ms of every page load. */
function once<T>(create: () => T): () => T {
  let created: T | undefined;
  return () => (created ??= create());
}

const grouped = once(() => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 }));

export function formatCount(value: number): string {
  return grouped().format(value);
}

/** A list's total, or its lower bound: `9,431`, `10,000+`. */
export function formatTotal(total: number, isCapped: boolean): string {
  return `${formatCount(total)}${isCapped ? "+" : ""}`;
}

const tenths = once(() => new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 }));

/** Minutes with one decimal: `9.5`, `1,204.0`. */
export function formatMinutes(minutes: number): string {
  return tenths().format(minutes);
}

/** Evaluations per second: whole numbers from 10, one decimal below. */
export function formatRate(perSecond: number): string {
  return perSecond >= 10 || perSecond === 0 ? grouped().format(perSecond) : perSecond.toFixed(1);
}

/** `20 s`, `3 min`, `1 h 12 min`, `2 d 4 h`, `7 d`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const dayAndMonth = once(() => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }));
const weekday = once(() => new Intl.DateTimeFormat("en-GB", { weekday: "long" }));
const clock = once(() => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }));

/** The time since an event, less precise the longer ago: `now`, `3 s ago`, `12 min ago`, `Sunday 03:11`, `18 Nov`. */
export function formatAgo(time: Date, now: Date): string {
  const seconds = (now.getTime() - time.getTime()) / 1000;
  if (seconds < 2) return "now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 20 * 3600) return `${Math.round(seconds / 3600)} h ago`;
  if (seconds < 6 * 86400) return `${weekday().format(time)} ${clock().format(time)}`;
  return dayAndMonth().format(time);
}

export function formatClock(time: Date): string {
  return clock().format(time);
}
