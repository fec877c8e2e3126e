/** Polls the resident memory of a process. On systems without /proc, only the heap limit of the process applies. */
import { readFileSync } from "node:fs";

export interface MemoryWatch {
  readonly peakBytes: number;
  close(): void;
}

const intervalMilliseconds = 10;
/** Linux reports pages: 4 KiB on every processor Node 22 supports except some arm64, where larger pages are undercounted. */
const pageBytes = 4096;
const residentField = 1;

export function watchMemory(pid: number | undefined, maxBytes: number, onExcess: () => void): MemoryWatch {
  let peakBytes = 0;
  const sample = (): void => {
    const bytes = pid === undefined ? null : residentBytes(pid);
    if (bytes === null) return;
    peakBytes = Math.max(peakBytes, bytes);
    if (bytes > maxBytes) onExcess();
  };
  const timer = setInterval(sample, intervalMilliseconds);
  return {
    get peakBytes() {
      return peakBytes;
    },
    close: () => clearInterval(timer),
  };
}

function residentBytes(pid: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[residentField]);
    return Number.isFinite(pages) ? pages * pageBytes : null;
  } catch {
    return null;
  }
}
