/** Tells whether two paths are one folder. A copied folder has another identity; a moved, linked or mounted one keeps its own. */
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
