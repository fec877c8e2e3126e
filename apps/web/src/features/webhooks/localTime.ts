/** Times as a `datetime-local` field holds them: to the minute, in the browser's time zone. */

const twoDigits = (value: number): string => String(value).padStart(2, "0");

export function toLocalTime(time: Date): string {
  const date = [time.getFullYear(), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())].join("-");
  return `${date}T${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

/** As ISO 8601 in UTC; null for an incomplete time. */
export function fromLocalTime(text: string): string | null {
  const time = new Date(text);
  return !text.includes("T") || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
