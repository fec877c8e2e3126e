/**
 * Results of the released code of Nguyen et al. (2015), github Evolving-AI-Lab/fooling. A result folder has `bestfit.dat` (generation,
 * median, mean, maximum, jumps and minimum; exp/images/stat/best_fit_map_image.hpp), `archive_G.dat` (class, fitness, and with lineage
 * the individual's ID and, if it is of this generation, its parent's) and `map_gen_G/map_G_class_fitness.png` for each cell
 * (stat_map_image.hpp). The cells of the last written generation are imported, as the archive was then.
 */
import type { ByteImage } from "@pareidolia/core/image";
import {
  type CurvePoint,
  type ForeignData,
  type ForeignImage,
  type ForeignRun,
  importLimits,
  quote,
  type Skipped,
  unreadable,
} from "./foreignData.ts";

export interface SferesFile {
  /** A relative path with `/`. */
  readonly name: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

export type DecodeImage = (bytes: Uint8Array) => ByteImage | Promise<ByteImage>;

const mapPattern = /^(?:(.*)\/)?map_gen_(\d{1,7})\/map_(\d{1,7})_(\d{1,6})_([^/]+)\.png$/;
/** Without the folder of the generation, for folders that were copied by hand. */
const loosePattern = /^(?:(.*)\/)?map_(\d{1,7})_(\d{1,6})_([^/]+)\.png$/;
const dataPattern = /^(?:(.*)\/)?(bestfit|archive_(\d{1,7}))\.dat$/;
const maxDataSize = 16 * 2 ** 20;
const maxImageSize = 16 * 2 ** 20;

interface Cell {
  readonly file: SferesFile;
  readonly generation: number;
  readonly niche: number;
  /** As in the name of the file. */
  readonly fitness: string;
}

interface Folder {
  readonly cells: Cell[];
  readonly archives: Map<number, SferesFile>;
  bestfit: SferesFile | null;
}

export function isSferes(names: Iterable<string>): boolean {
  for (const name of names) if (mapPattern.test(name) || loosePattern.test(name)) return true;
  return false;
}

/** @throws AppError CORRUPT_DATA for damaged tables. Damaged images are skipped. */
export async function readSferes(files: Iterable<SferesFile>, decode: DecodeImage): Promise<ForeignData> {
  const { folders, unmapped } = sortFiles(files);
  const skipped: Skipped[] = [];
  const warnings: string[] = [];
  const runs: ForeignRun[] = [];
  for (const [folder, content] of [...folders].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (content.cells.length === 0) {
      skipped.push({ what: folder === "" ? "the archive" : folder, reason: "it has tables and no images of cells" });
      continue;
    }
    runs.push(await readFolder(folder, content, decode, { skipped, warnings }));
  }
  if (runs.length > importLimits.runs) throw unreadable(`it has ${runs.length} result folders; the limit is ${importLimits.runs}`);
  const images = runs.reduce((sum, { imageCount }) => sum + imageCount, 0);
  if (images > importLimits.images) throw unreadable(`it has ${images} images; the limit is ${importLimits.images}`);
  return { format: "sferes", runs, warnings, skipped, unmapped };
}

function sortFiles(files: Iterable<SferesFile>): { folders: Map<string, Folder>; unmapped: string[] } {
  const folders = new Map<string, Folder>();
  const unmapped: string[] = [];
  const folderOf = (name: string): Folder => {
    const folder = folders.get(name) ?? { cells: [], archives: new Map<number, SferesFile>(), bestfit: null };
    folders.set(name, folder);
    return folder;
  };
  for (const file of files) {
    const map = mapPattern.exec(file.name);
    const loose = map === null ? loosePattern.exec(file.name) : null;
    const data = dataPattern.exec(file.name);
    if (map !== null) {
      const [, folder = "", , generation, niche, fitness] = map;
      folderOf(folder).cells.push({ file, generation: Number(generation), niche: Number(niche), fitness: fitness as string });
    } else if (loose !== null) {
      const [, folder = "", generation, niche, fitness] = loose;
      folderOf(folder).cells.push({ file, generation: Number(generation), niche: Number(niche), fitness: fitness as string });
    } else if (data !== null) {
      const folder = folderOf(data[1] ?? "");
      if (data[3] === undefined) folder.bestfit = file;
      else folder.archives.set(Number(data[3]), file);
    } else unmapped.push(file.name);
  }
  return { folders, unmapped };
}

async function readFolder(
  folder: string,
  { cells, archives, bestfit }: Folder,
  decode: DecodeImage,
  { skipped, warnings }: { readonly skipped: Skipped[]; readonly warnings: string[] },
): Promise<ForeignRun> {
  const of = folder === "" ? "the archive" : quote(folder);
  const last = cells.reduce((most, { generation }) => Math.max(most, generation), 0);
  const earlier = cells.filter(({ generation }) => generation !== last).length;
  if (earlier > 0)
    warnings.push(`${earlier} images of generations before ${last} of ${of} are not imported; the archive of generation ${last} is.`);
  const byNiche = new Map<number, Cell>();
  for (const cell of cells) {
    if (cell.generation !== last) continue;
    if (byNiche.has(cell.niche))
      skipped.push({ what: quote(cell.file.name), reason: `class ${cell.niche} has another image of generation ${last}` });
    else byNiche.set(cell.niche, cell);
  }
  const archive = archives.get(last);
  if (archive === undefined) warnings.push(`archive_${last}.dat of ${of} is missing, so the fitness is that in the names of the images.`);
  const rows = archive === undefined ? new Map<number, ArchiveRow>() : await readArchive(archive);
  const curve = bestfit === null ? [] : await readBestfit(bestfit);
  if (bestfit === null) warnings.push(`bestfit.dat of ${of} is missing, so there is no curve.`);
  const kept = [...byNiche.values()].sort((one, other) => one.niche - other.niche);
  const end = curve.find(({ generation }) => generation === last);
  const base =
    folder
      .split("/")
      .filter((part) => part !== "")
      .at(-1) ?? "";
  return {
    sourceKey: folder === "" ? "." : folder.slice(0, 200),
    name: (base === "" ? "Results of the released code" : base).slice(0, 100),
    state: "SUCCEEDED",
    sourceState: "",
    parameters: { generations: last },
    metrics: {
      cells: kept.length,
      ...(end === undefined
        ? {}
        : { fitnessMedian: end.median, fitnessMean: end.mean, fitnessMaximum: end.maximum, fitnessMinimum: end.minimum }),
    },
    tags: [],
    notes: "",
    startedAt: null,
    endedAt: null,
    curve,
    imageCount: kept.length,
    async *images(skip) {
      for (const cell of kept) {
        const image = await decodeCell(cell, decode, skip);
        if (image !== null) yield { image, ...claimOf(cell, rows.get(cell.niche)) };
      }
    },
  };
}

async function decodeCell({ file }: Cell, decode: DecodeImage, skip: (what: string, reason: string) => void): Promise<ByteImage | null> {
  if (file.bytes > maxImageSize) {
    skip(quote(file.name), "it is larger than 16 MB");
    return null;
  }
  const bytes = await file.read();
  try {
    const image = await decode(bytes);
    if (image.width <= importLimits.imageSide && image.height <= importLimits.imageSide) return image;
    skip(quote(file.name), `it has ${image.width} x ${image.height} pixels; the limit is ${importLimits.imageSide} a side`);
  } catch {
    skip(quote(file.name), "it is not an 8-bit grey or RGB PNG file, or it is damaged");
  }
  return null;
}

function claimOf(cell: Cell, row: ArchiveRow | undefined): Omit<ForeignImage, "image"> {
  const claimed = row?.fitness ?? Number(cell.fitness);
  return {
    niche: cell.niche,
    label: null,
    claimed: Number.isFinite(claimed) ? claimed : null,
    generation: cell.generation,
    sourceId: row?.id ?? null,
    sourceParentId: row?.parentId ?? null,
  };
}

interface ArchiveRow {
  readonly fitness: number;
  readonly id: string | null;
  readonly parentId: string | null;
}

async function linesOf(file: SferesFile): Promise<readonly (readonly string[])[]> {
  if (file.bytes > maxDataSize) throw unreadable(`${quote(file.name)} has ${file.bytes} bytes; the limit is ${maxDataSize}`);
  const text = Buffer.from(await file.read()).toString("latin1");
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== "");
}

async function readArchive(file: SferesFile): Promise<ReadonlyMap<number, ArchiveRow>> {
  const rows = new Map<number, ArchiveRow>();
  for (const [niche, fitness, id, parentId, ...more] of await linesOf(file)) {
    if (niche === undefined || fitness === undefined || more.length > 0 || !/^\d{1,6}$/.test(niche))
      throw unreadable(`${quote(file.name)} has a line that is not class, fitness, ID and parent's ID`);
    if (rows.has(Number(niche))) throw unreadable(`class ${niche} occurs twice in ${quote(file.name)}`);
    rows.set(Number(niche), { fitness: Number(fitness), id: id?.slice(0, 40) ?? null, parentId: parentId?.slice(0, 40) ?? null });
  }
  return rows;
}

async function readBestfit(file: SferesFile): Promise<readonly CurvePoint[]> {
  const points = new Map<number, CurvePoint>();
  for (const cells of await linesOf(file)) {
    const [generation, median, mean, maximum, , minimum] = cells.map(Number) as [number, number, number, number, number, number];
    if (cells.length !== 6 || !Number.isSafeInteger(generation) || generation < 0)
      throw unreadable(`${quote(file.name)} has a line that is not generation, median, mean, maximum, jumps and minimum`);
    // A resumed run appends to the file, and may write a generation again.
    if ([median, mean, maximum, minimum].every(Number.isFinite)) points.set(generation, { generation, median, mean, minimum, maximum });
    if (points.size > importLimits.curve) throw unreadable(`${quote(file.name)} has more than ${importLimits.curve} lines`);
  }
  return [...points.values()].sort((one, other) => one.generation - other.generation);
}
