/** Formats a size such as `1.7 MB`, in powers of 1024 like all limits. Whole numbers have no decimals. */
const units = ["B", "KB", "MB", "GB", "TB"];

export function formatByteSize(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
