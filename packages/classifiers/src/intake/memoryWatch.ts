/** Looks many times a second at how much memory a process holds. Where the system does not tell, only the heap's own limit holds. */
import { readFileSync } from "node:fs";

export interface MemoryWatch {
  readonly peakBytes: number;
  close(): void;
}

const millisecondsBetween = 10;
/** Linux: pages, of 4 KiB on every processor that Node 22 is built for but some of arm64, where more only stops earlier. */
const pageBytes = 4096;
const residentField = 1;

export function watchMemory(pid: number | undefined, mostBytes: number, onExcess: () => void): MemoryWatch {
  let peakBytes = 0;
  const look = (): void => {
    const bytes = pid === undefined ? null : residentBytes(pid);
    if (bytes === null) return;
    peakBytes = Math.max(peakBytes, bytes);
    if (bytes > mostBytes) onExcess();
  };
  const timer = setInterval(look, millisecondsBetween);
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
