/** Numbers, sizes and times as people read them. */

/** Doubles are off by less than this, such as 0.29 * 100. */
const rounding = 1e-6;

/** A confidence or progress from 0 to 1, with as many digits as its nines need. */
export function formatConfidence(value: number | null | undefined): string {
  if (value == null) return "-";
  if (value >= 1) return "1";
  const nines = value < 0.9 ? 2 : Math.min(6, Math.floor(-Math.log10(1 - value) + rounding) + 2);
  // A value below 1 is never shown as 1.
  const scale = 10 ** nines;
  return (Math.floor(value * scale + rounding) / scale).toFixed(nines);
}

export function formatPercent(share: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)}%`;
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}

/** Such as "1 run" and "1,000 runs". */
export function formatNumberOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** In the local time zone, to the minute. */
export function formatTime(time: string | null | undefined): string {
  if (time == null) return "-";
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
