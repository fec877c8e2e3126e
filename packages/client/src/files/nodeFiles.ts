/** Files and hashes in Node. */
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { open, rename } from "node:fs/promises";
import type { Files } from "./files.ts";

export const files: Files = {
  createSha256() {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
  },
  async openPartialFile(path) {
    const part = `${path}.part`;
    const handle = await open(part, "a+");
    const { size } = await handle.stat();
    return {
      byteLength: size,
      async *read() {
        let position = 0;
        while (position < size) {
          const { bytesRead, buffer } = await handle.read(new Uint8Array(65_536), 0, 65_536, position);
          if (bytesRead === 0) return;
          position += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      },
      async append(bytes) {
        await handle.appendFile(bytes);
      },
      empty: () => handle.truncate(0),
      async complete() {
        await handle.sync();
        await handle.close();
        await rename(part, path);
      },
      close: () => handle.close(),
    };
  },
  openFile: (path) => openAsBlob(path),
};
