/**
 * P6: how fast the API answers the smallest query, as a share of a bare Apollo in a process of the same kind on the same core, and the share
 * of each way to authenticate; and how many SQL statements a page of the gallery takes.
 */
import { fileURLToPath } from "node:url";
import { judge, noBar, type ReportRow } from "@pareidolia/lab/report";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { countGalleryStatements } from "./galleryStatements.ts";
import { type Request, timeRequests } from "./served/requestSpeed.ts";
import { startServed } from "./served/servedProcess.ts";
import { type Credentials, serveProduct } from "./served/servedProduct.ts";
import { takeTurns } from "./turns.ts";

const secondsOfTurn = 2;
const hello = JSON.stringify({ query: "{ __typename }" });
const ways = ["none", "cookie", "key"] as const satisfies readonly (keyof Credentials)[];
const names: Readonly<Record<keyof Credentials, string>> = { none: "no credentials", cookie: "a session cookie", key: "an API key" };

async function measureHello({ repetitions, onProgress }: BenchmarkOptions): Promise<readonly ReportRow[]> {
  const bare = await startServed(fileURLToPath(new URL("./served/bareApollo.ts", import.meta.url)), {});
  const product = await serveProduct(async () => undefined);
  try {
    const requestTo = (url: string, headers: Readonly<Record<string, string>>): Request => ({
      url,
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: hello,
      status: 200,
    });
    const side = (request: Request) => ({ turn: async () => [await timeRequests([request], secondsOfTurn)] });
    onProgress(`P6: ${repetitions} turns of ${secondsOfTurn} s for each of ${1 + ways.length} sides`);
    const [apollo, ...ours] = await takeTurns(
      [
        side(requestTo(`${bare.origin}/`, {})),
        ...ways.map((way) => side(requestTo(`${product.origin}/graphql`, product.credentials[way]))),
      ],
      repetitions,
    );
    if (apollo === undefined) throw new Error("Nothing was measured.");
    const speed = (seconds: number): string => `${Math.round(1 / seconds)} requests/s`;
    const [anonymous] = ours;
    return ways.map((way, i) => {
      const seconds = ours[i]?.seconds ?? Number.NaN;
      const extra = (1e6 * (seconds - (anonymous?.seconds ?? Number.NaN))).toFixed(0);
      const detail = `${speed(seconds)}, bare ${speed(apollo.seconds)}${way === "none" ? "" : `; authentication takes ${extra} µs of a core`}`;
      const row = { id: "P6", what: `hello with ${names[way]} ÷ a bare Apollo`, figure: apollo.seconds / seconds, detail };
      return way === "none" ? judge({ ...row, bar: { atLeast: 0.7 } }) : { ...row, bar: noBar, holds: true };
    });
  } finally {
    await product.close();
    await bare.close();
  }
}

async function run(options: BenchmarkOptions): Promise<readonly ReportRow[]> {
  const rows = await measureHello(options);
  const { statements, images } = await countGalleryStatements(options.onProgress);
  const detail = `${images} images, as the page requests them`;
  const gallery: ReportRow = {
    id: "P6",
    what: "SQL statements of a gallery page",
    figure: statements,
    bar: "<= 4",
    holds: statements <= 4,
    detail,
  };
  return [...rows, gallery];
}

export const helloSpeed: Benchmark = {
  id: "P6",
  description: "the API's smallest query against a bare Apollo on the same core, authentication's share, statements of a gallery page",
  run,
};
