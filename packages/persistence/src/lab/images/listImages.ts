/** Lists every image of the installation, in the order of hashes. */
import type { Connection } from "../../server/database/database.ts";

export interface ListedImage {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Of the PNG file. */
  readonly byteLength: number;
}

const atOnce = 5_000;

export async function* listImages(connection: Connection): AsyncGenerator<ListedImage, void, undefined> {
  for (let after = ""; ; ) {
    const page = await connection.image.findMany({
      where: { sha256: { gt: after } },
      select: { sha256: true, width: true, height: true, channels: true, byteLength: true },
      orderBy: { sha256: "asc" },
      take: atOnce,
    });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.sha256;
  }
}
