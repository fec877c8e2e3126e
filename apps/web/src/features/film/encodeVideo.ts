/** Encodes the frames of a canvas as MP4 or WebM by WebCodecs. Loaded only when a film is exported. */
import { BufferTarget, CanvasSource, Mp4OutputFormat, Output, QUALITY_HIGH, WebMOutputFormat } from "mediabunny";
import { filmFormats, type VideoCodecChoice } from "./filmFormats.ts";
import type { FilmWriter } from "./filmWriter.ts";

export async function createVideoWriter(
  format: "mp4" | "webm",
  canvas: HTMLCanvasElement,
  { codec, full }: VideoCodecChoice,
): Promise<FilmWriter> {
  const target = new BufferTarget();
  const output = new Output({
    format: format === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat(),
    target,
  });
  const source = new CanvasSource(canvas, { codec, fullCodecString: full, quality: QUALITY_HIGH });
  output.addVideoTrack(source);
  await output.start();
  let seconds = 0;
  return {
    async add(milliseconds) {
      await source.add(seconds, milliseconds / 1000);
      seconds += milliseconds / 1000;
    },
    async finish() {
      await output.finalize();
      if (target.buffer === null) throw new Error("The video is empty.");
      return new Blob([target.buffer], { type: filmFormats[format].type });
    },
    cancel: () => output.cancel(),
  };
}
