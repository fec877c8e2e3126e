/**
 * The e-mails of an installation without a mail server, in a file that only its operator reads: they have links that sign in or reset
 * passwords, which no log may have.
 */
import { chmod, mkdir, open } from "node:fs/promises";
import path from "node:path";

const [onlyOwner, onlyOwnerFolder] = [0o600, 0o700];

export async function keepUnsent(
  file: string,
  { to, subject, text }: { readonly to: string; readonly subject: string; readonly text: string },
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: onlyOwnerFolder });
  const handle = await open(file, "a", onlyOwner);
  try {
    await chmod(file, onlyOwner);
    await handle.write(`Date: ${new Date().toISOString()}\nTo: ${to}\nSubject: ${subject}\n\n${text.trimEnd()}\n\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
