/** Plays a video file in a page of its own, and reads its frames as a <video> element shows them. */
import type { Page } from "@playwright/test";

export interface PlayedVideo {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** Sums of the pixels shown at the given times: equal for equal frames. */
  readonly sums: readonly number[];
}

/** @param times each within a frame of its own, of at most `frameSeconds` */
export async function playVideo(
  page: Page,
  file: Buffer,
  type: string,
  times: readonly number[],
  frameSeconds: number,
): Promise<PlayedVideo> {
  const player = await page.context().newPage();
  try {
    await player.setContent("<video muted></video>");
    return await player.locator("video").evaluate(
      async (element, { address, at, frameSeconds }) => {
        const video = element as HTMLVideoElement;
        const once = (event: string) =>
          new Promise<void>((resolve, reject) => {
            video.addEventListener(event, () => resolve(), { once: true });
            video.addEventListener("error", () => reject(new Error(video.error?.message)), { once: true });
          });
        const loaded = once("loadeddata");
        video.src = address;
        await loaded;
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
        const context = canvas.getContext("2d");
        const sums: number[] = [];
        for (const time of at) {
          // `seeked` may come before the frame is shown, and a frame of an earlier seek after it.
          const shown = new Promise<void>((resolve) => {
            const wait = () =>
              video.requestVideoFrameCallback((_now, { mediaTime }) => (Math.abs(mediaTime - time) <= frameSeconds ? resolve() : wait()));
            wait();
          });
          const sought = once("seeked");
          video.currentTime = time;
          await Promise.all([sought, shown]);
          context?.drawImage(video, 0, 0);
          let sum = 0;
          for (const value of context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []) sum = (31 * sum + value) % 1_000_003;
          sums.push(sum);
        }
        return { seconds: video.duration, width: video.videoWidth, height: video.videoHeight, sums };
      },
      { address: `data:${type};base64,${file.toString("base64")}`, at: [...times], frameSeconds },
    );
  } finally {
    await player.close();
  }
}
