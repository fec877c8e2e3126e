/** Writes a film in one of its formats, frame by frame, from a canvas. */
import { ApngWriter } from "./encodeApng.ts";
import { type FilmFormat, filmFormats, findCodec } from "./filmFormats.ts";
import type { FilmWriter } from "./filmWriter.ts";

/**
 * The canvas must not be resized afterwards; its size must be even for a video.
 * @throws if the browser cannot encode the format at this size.
 */
export async function createFilmWriter(format: FilmFormat, canvas: HTMLCanvasElement, frames: number): Promise<FilmWriter> {
  if (format === "apng") return createApngWriter(canvas, frames);
  const codec = await findCodec(format, canvas);
  if (codec === null) throw new Error(`This browser cannot encode ${filmFormats[format].name} of this size. Choose another format.`);
  const { createVideoWriter } = await import("./encodeVideo.ts");
  return createVideoWriter(format, canvas, codec);
}

function createApngWriter(canvas: HTMLCanvasElement, frames: number): FilmWriter {
  const { width, height } = canvas;
  const writer = new ApngWriter({ width, height, frames });
  return {
    async add(milliseconds) {
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data;
      if (pixels === undefined) throw new Error("This browser cannot draw on a canvas.");
      await writer.add(pixels, milliseconds);
    },
    finish: async () => new Blob([...writer.finish()], { type: filmFormats.apng.type }),
    cancel: async () => undefined,
  };
}

/** The next even number: H.264 and VP9 halve the colours' width and height. */
export const roundUpToEven = (size: number): number => size + (size % 2);
