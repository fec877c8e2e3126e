/** Identifies a folder by device and inode: equal for a moved, linked or mounted folder, different for a copy. */
import { statSync } from "node:fs";

/** Null if the path does not exist or cannot be read. */
export function identifyFolder(folder: string): string | null {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}
