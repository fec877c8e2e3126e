/**
 * Detects a ZIP archive at the end of a file and lists its entries. Such an archive is read from its end (APPNOTE.TXT, 4.3.12 and
 * 4.3.16): the directory, then the end record, then its comment.
 */
const endRecord = { signature: 0x06054b50, bytes: 22, maxCommentBytes: 65_535 };
const entry = { signature: 0x02014b50, bytes: 46 };

/** Null if there is no archive. An unreadable directory counts as one entry without a name. */
export function archivedNames(file: Uint8Array): readonly string[] | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const earliest = Math.max(0, file.length - endRecord.bytes - endRecord.maxCommentBytes);
  for (let at = file.length - endRecord.bytes; at >= earliest; at--) {
    if (view.getUint32(at, true) !== endRecord.signature) continue;
    if (at + endRecord.bytes + view.getUint16(at + 20, true) > file.length) continue;
    const start = at - view.getUint32(at + 12, true);
    if (start === at) return [];
    if (start >= 0 && view.getUint32(start, true) === entry.signature) return names(file.subarray(start, at));
  }
  return null;
}

function names(directory: Uint8Array): readonly string[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const found: string[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + entry.bytes > directory.length || view.getUint32(at, true) !== entry.signature) return [...found, ""];
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
    const start = at + entry.bytes;
    found.push(Buffer.from(directory.subarray(start, start + nameBytes)).toString("utf8"));
    at = start + nameBytes + extraBytes + commentBytes;
  }
  return found;
}
