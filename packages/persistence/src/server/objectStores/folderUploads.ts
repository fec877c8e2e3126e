/** Receives posted files into a folder beside the objects. The secret that signs the forms is a file in that folder, so all processes share it. */
import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rm, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { DurableFiles } from "./durableFiles.ts";
import { ofExactSize, type PostedFiles, postedKey, uploadOfKey } from "./postedFiles.ts";
import type { ReceivedFile } from "./receivedFile.ts";
import { signForm, verifyForm } from "./signedForms.ts";

export interface FolderUploadsOptions {
  /** Of the store. */
  readonly folder: string;
  /** For files that are not complete. */
  readonly incoming: string;
  readonly files: DurableFiles;
  /** Converts errors of the disk to AppErrors. */
  guarded<T>(action: () => Promise<T>): Promise<T>;
  /** Like `guarded`, but passes on errors of the sender of a body. */
  explainingDisk<T>(write: Promise<T>): Promise<T>;
  /** Null if the action finds no file. */
  unlessMissing<T>(action: Promise<T>): Promise<T | null>;
  receiveFile(body: AsyncIterable<Uint8Array>, options: { readonly longest: number }): Promise<ReceivedFile>;
}

const secretBytes = 32;
const secretName = "upload-secret";

/** Creates the secret unless another process already has. Only this user can read it. */
async function createSecret(folder: string, incoming: string): Promise<void> {
  await mkdir(incoming, { recursive: true });
  const temporary = path.join(incoming, randomUUID());
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(randomBytes(secretBytes));
    await file.sync();
    await link(temporary, path.join(folder, secretName)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
    });
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}

export function openFolderUploads(options: FolderUploadsOptions): PostedFiles {
  const { folder, incoming, files, guarded, explainingDisk, unlessMissing, receiveFile } = options;
  const pathOf = (id: string): string => path.join(folder, postedKey(id));
  let secret: Uint8Array | null = null;
  const readSecret = async (): Promise<Uint8Array> => {
    const readStored = () => unlessMissing(readFile(path.join(folder, secretName)));
    secret ??= await readStored();
    if (secret === null) {
      await createSecret(folder, incoming);
      secret = await readFile(path.join(folder, secretName));
    }
    return secret;
  };
  return {
    presign: async (terms) => signForm(terms, await guarded(readSecret)),
    verify: async (fields) => verifyForm(fields, await guarded(readSecret)),
    async receive({ id, byteLength }, body) {
      const file = pathOf(id);
      const nameOf = async (): Promise<string> => {
        await unlessMissing(unlink(file));
        return file;
      };
      await explainingDisk(files.receive(ofExactSize(body, byteLength), nameOf));
    },
    async keep(id, { longest }) {
      const found = await guarded(() => unlessMissing(open(pathOf(id), "r")));
      if (found === null) return null;
      // The descriptor stays with this file, even if another is posted meanwhile.
      return receiveFile(found.createReadStream(), { longest });
    },
    read: (id) => guarded(() => unlessMissing(readFile(pathOf(id)))),
    discard: async (id) => {
      await guarded(() => unlessMissing(unlink(pathOf(id))));
    },
    async *list() {
      const place = path.join(folder, "uploads");
      for (const name of (await guarded(() => unlessMissing(readdir(place)))) ?? []) {
        const id = uploadOfKey(`uploads/${name}`);
        const found = id === null ? null : await guarded(() => unlessMissing(stat(path.join(place, name))));
        if (id !== null && found !== null) yield { id, byteLength: found.size, storedAt: found.mtime };
      }
    },
  };
}
