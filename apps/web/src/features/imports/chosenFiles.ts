/** The file that an import uploads: the chosen one, or a ZIP archive of a folder or of several files. */
import { type PackedFile, zipFiles } from "./zipFiles.ts";

/** Files of a folder input have a path; others have only a name. */
function pathOf(file: File): string {
  return file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
}

async function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  // A reader returns at most 100 entries at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function filesIn(entry: FileSystemEntry, path: string): Promise<PackedFile[]> {
  const own = path === "" ? entry.name : `${path}/${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: own, file }];
  }
  const files: PackedFile[] = [];
  for (const child of await readEntries((entry as FileSystemDirectoryEntry).createReader())) files.push(...(await filesIn(child, own)));
  return files;
}

/** The dropped files and folders. Call it before the event ends. A file that is not of this computer's folders has no entry. */
export function dropped(transfer: DataTransfer): Promise<readonly PackedFile[]> {
  const lists = [...transfer.items].map((item): Promise<readonly PackedFile[]> => {
    const entry = item.webkitGetAsEntry();
    if (entry !== null) return filesIn(entry, "");
    const file = item.getAsFile();
    return Promise.resolve(file === null ? [] : [{ path: file.name, file }]);
  });
  return Promise.all(lists).then((found) => found.flat());
}

export function picked(files: readonly File[]): readonly PackedFile[] {
  return files.map((file) => ({ path: pathOf(file), file }));
}

/** @throws Error with a message for the user if there is no file, or too much. */
export async function toOneFile(files: readonly PackedFile[]): Promise<File> {
  const [first] = files;
  if (first === undefined) throw new Error("The folder has no files.");
  if (files.length === 1 && !first.path.includes("/")) return new File([first.file], first.path);
  const folder = first.path.includes("/") ? (first.path.split("/")[0] ?? "") : "files";
  return new File([await zipFiles(files)], `${folder}.zip`, { type: "application/zip" });
}
