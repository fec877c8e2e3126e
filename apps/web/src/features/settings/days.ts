/** Times of settings pages, to the day: when something was sent or seen, and when it expires. */
const millisecondsPerHour = 3_600_000;
const millisecondsPerDay = 24 * millisecondsPerHour;
const maxDaysCounted = 30;

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayMonthAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** Whole calendar days from `from` to `to` in the browser's time zone; negative if `to` is earlier. */
function calendarDays(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / millisecondsPerDay);
}

function formatDate(date: Date, now: Date): string {
  return (date.getFullYear() === now.getFullYear() ? dayAndMonth : dayMonthAndYear).format(date);
}

/** `today`, `yesterday`, `24 Nov`, `3 Nov 2025`. */
export function formatPastDay(date: Date, now: Date): string {
  const days = calendarDays(date, now);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : formatDate(date, now);
}

/** `in 3 h`, `in 5 days`, `12 Jan`; `expired` for a past time. */
export function formatExpiry(date: Date, now: Date): string {
  const left = date.getTime() - now.getTime();
  if (left <= 0) return "expired";
  if (left < millisecondsPerHour) return "in under 1 h";
  if (left < millisecondsPerDay) return `in ${Math.floor(left / millisecondsPerHour)} h`;
  const days = Math.round(left / millisecondsPerDay);
  if (days > maxDaysCounted) return formatDate(date, now);
  return days === 1 ? "in 1 day" : `in ${days} days`;
}

/** Whether something expires within these days. */
export function expiresWithin(days: number, date: Date, now: Date): boolean {
  return date.getTime() - now.getTime() < days * millisecondsPerDay;
}
