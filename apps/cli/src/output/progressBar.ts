/** A bar on standard error that is redrawn in place. Without a terminal there, nothing is written. */
import type { Terminal } from "../terminal.ts";
import { shorten } from "./table.ts";

export interface ProgressBar {
  /** `share` from 0 to 1, or null if unknown. */
  readonly show: (share: number | null, note?: string) => void;
  /** Removes the bar. */
  readonly end: () => void;
}

const width = 24;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const eraseLine = "\r\u001b[K";

export function drawBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  return ("█".repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? "")).padEnd(width, "░");
}

const silent: ProgressBar = { show: () => undefined, end: () => undefined };

export function startProgressBar(terminal: Terminal, label: string): ProgressBar {
  if (!terminal.errIsTty) return silent;
  let last = "";
  return {
    show(share, note = "") {
      const percent = share === null ? "    " : `${String(Math.floor(share * 100)).padStart(3)}%`;
      const line = shorten(`${label} ${share === null ? "…" : drawBar(share)} ${percent} ${note}`.trimEnd(), terminal.columns - 1);
      if (line === last) return;
      last = line;
      terminal.err(`${eraseLine}${line}`);
    },
    end() {
      if (last !== "") terminal.err(eraseLine);
      last = "";
    },
  };
}
