/** Creates a film: loads the archive after each generation shown, draws it, and encodes the frames. */
import type { Client } from "urql";
import { RunArchiveAtDocument, type TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { maxGrid } from "../archiveCanvas/ArchiveCanvas.tsx";
import { partOf, sheetAddress } from "../archiveCanvas/useContactSheet.ts";
import { createFilmWriter, roundUpToEven } from "./createFilmWriter.ts";
import { drawFilmFrame, type FilmFrame, type FilmImage, readFilmStyle } from "./drawFilmFrame.ts";
import { type FilmPlan, pickGenerations, planFilm } from "./filmPlan.ts";
import type { FilmContext } from "./useFilmExport.ts";

export interface FilmOptions {
  readonly runId: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly imageSide: number;
  readonly last: number;
}

const frameMilliseconds = 125;
const lastMilliseconds = 2_000;
const sheetSide = 32;

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

async function readArchiveAt(client: Client, id: string, generation: number): Promise<readonly TileEliteFragment[]> {
  const { data, error } = await client.query(RunArchiveAtDocument, { id, generation }).toPromise();
  if (data?.node?.__typename !== "EvolutionRun") throw new Error(error?.message ?? "The run no longer exists.");
  return data.node.archiveAt;
}

/** Keeps decoded images between frames, since most elites stay the same. */
function createImageLoader(plan: FilmPlan, { runId }: FilmOptions) {
  const decoded = new Map<string, HTMLImageElement>();
  return async (elites: readonly TileEliteFragment[], generation: number): Promise<FilmFrame["imageOf"]> => {
    if (plan.kind === "sheet") {
      const image = await loadImage(sheetAddress({ runId, generation, side: sheetSide, shareToken: null }));
      return ({ niche }) => {
        const { x, y, side } = partOf({ side: sheetSide }, niche);
        return { source: image, x, y, width: side, height: side };
      };
    }
    await Promise.all(
      elites.map(async ({ image }) => {
        if (!decoded.has(image.url)) decoded.set(image.url, await loadImage(image.url));
      }),
    );
    return ({ image }): FilmImage | null => {
      const source = decoded.get(image.url);
      return source === undefined ? null : { source, x: 0, y: 0, width: image.width, height: image.height };
    };
  };
}

/** @throws if it is aborted or if a part could not be loaded. */
export async function makeFilm(options: FilmOptions, { client, signal, format, onFrame }: FilmContext): Promise<Blob> {
  const { labels, title, last, runId } = options;
  const plan = planFilm(labels.length, options.imageSide, maxGrid);
  const generations = pickGenerations(last, plan.maxFrames);
  const canvas = document.createElement("canvas");
  canvas.width = roundUpToEven(plan.width);
  canvas.height = roundUpToEven(plan.height);
  const context = canvas.getContext("2d", { willReadFrequently: format === "apng" });
  if (context === null) throw new Error("This browser cannot draw on a canvas.");
  const style = readFilmStyle(document.documentElement);
  const writer = await createFilmWriter(format, canvas, generations.length);
  const loadImages = createImageLoader(plan, options);
  try {
    for (const [done, generation] of generations.entries()) {
      signal.throwIfAborted();
      onFrame(done, generations.length);
      const elites = await readArchiveAt(client, runId, generation);
      drawFilmFrame(context, plan, { title, generation, last, labels, elites, imageOf: await loadImages(elites, generation) }, style);
      await writer.add(generation === last ? lastMilliseconds : frameMilliseconds);
    }
    signal.throwIfAborted();
    return await writer.finish();
  } catch (error) {
    await writer.cancel();
    throw error;
  }
}
