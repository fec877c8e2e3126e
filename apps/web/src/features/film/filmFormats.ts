/** The formats of a film, and which of them this browser can encode. */

/** Of a video, the codec as mediabunny names it, and as WebCodecs does (RFC 6381). */
export interface VideoCodecChoice {
  readonly codec: "avc" | "vp9" | "vp8";
  readonly full: string;
}

interface FilmFormatText {
  readonly name: string;
  readonly extension: string;
  readonly type: string;
  /** The best first. None for an image, which every browser can write. */
  readonly codecs: readonly VideoCodecChoice[];
}

/** By preference. H.264 at level 5.1 and VP9 at level 5.1 hold every film that a page can draw. */
export const filmFormats = {
  mp4: { name: "MP4", extension: "mp4", type: "video/mp4", codecs: [{ codec: "avc", full: "avc1.640033" }] },
  webm: {
    name: "WebM",
    extension: "webm",
    type: "video/webm",
    codecs: [
      { codec: "vp9", full: "vp09.00.51.08" },
      { codec: "vp8", full: "vp8" },
    ],
  },
  apng: { name: "Animated PNG", extension: "png", type: "image/png", codecs: [] },
} as const satisfies Readonly<Record<string, FilmFormatText>>;

export type FilmFormat = keyof typeof filmFormats;

export const everyFormat = Object.keys(filmFormats) as readonly FilmFormat[];

/** A size that every tested encoder accepts; films have their own. */
const testSize = { width: 640, height: 480 } as const;

/** The first codec of the format that the browser encodes at this size; null if there is none. WebCodecs needs HTTPS or localhost. */
export async function findCodec(
  format: FilmFormat,
  { width, height }: { readonly width: number; readonly height: number } = testSize,
): Promise<VideoCodecChoice | null> {
  if (typeof VideoEncoder === "undefined") return null;
  const codecs: readonly VideoCodecChoice[] = filmFormats[format].codecs;
  for (const choice of codecs) {
    const { supported } = await VideoEncoder.isConfigSupported({ width, height, codec: choice.full }).catch(() => ({ supported: false }));
    if (supported === true) return choice;
  }
  return null;
}

export async function findWritableFormats(): Promise<readonly FilmFormat[]> {
  const codecs = await Promise.all(everyFormat.map((format) => findCodec(format)));
  return everyFormat.filter((format, i) => codecs[i] !== null || filmFormats[format].codecs.length === 0);
}
