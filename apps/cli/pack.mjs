/**
 * Packs the published program: `node apps/cli/pack.mjs [FOLDER]` writes `pareidolia-VERSION.tgz` there. The package is called `pareidolia` and
 * depends on nothing: rolldown puts the client, commander and the program into one file, and jq into another that is loaded only for
 * `--jq`. So `npx pareidolia` downloads one archive, and no other package can change what it runs.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rolldown } from "rolldown";

const here = import.meta.dirname;
const destination = path.resolve(process.argv[2] ?? ".");
const own = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));

/** Packages that are put into the archive, with the file of their license. */
const bundled = ["commander", "jq-wasm"];

const commonJsNames =
  'import{dirname as folderOf}from"node:path";import{fileURLToPath as pathOf}from"node:url";' +
  "const __filename=pathOf(import.meta.url),__dirname=folderOf(__filename);";

function licenseOf(name) {
  const folder = path.dirname(findPackage(name));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no file with its license.`);
  return `\n${name}\n\n${readFileSync(path.join(folder, file), "utf8")}`;
}

/** The package.json that Node would find from here. */
function findPackage(name) {
  for (let folder = here; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "node_modules", name, "package.json");
    try {
      readFileSync(file);
      return file;
    } catch {
      if (path.dirname(folder) === folder) throw new Error(`${name} is not installed.`);
    }
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-pack-"));
try {
  const bundle = await rolldown({
    input: path.join(here, "src", "main.ts"),
    platform: "node",
    // Of the sources, so that it needs no build.
    resolve: { conditionNames: ["source", "node", "import", "default"] },
    // jq's loader reads `require`, which modules lack; it takes the way without it.
    onLog: (level, log, handle) => (log.code === "EVAL" ? undefined : handle(level, log)),
  });
  await bundle.write({
    dir: path.join(folder, "dist"),
    format: "esm",
    minify: true,
    entryFileNames: "pareidolia.js",
    chunkFileNames: "[name]-[hash].js",
    // jq is a CommonJS module, which finds its own folder so.
    banner: ({ moduleIds }) => (moduleIds.some((id) => id.includes("jq-wasm")) ? commonJsNames : ""),
  });
  await bundle.close();
  chmodSync(path.join(folder, "dist", "pareidolia.js"), 0o755);
  const { version, description, license, type, engines } = own;
  const published = {
    name: "pareidolia",
    version,
    description,
    keywords: ["pareidolia", "fooling images", "cli"],
    license,
    type,
    engines,
    bin: { pareidolia: "dist/pareidolia.js" },
    files: ["dist"],
  };
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  cpSync(path.join(here, "README.md"), path.join(folder, "README.md"));
  const licenses = bundled.map(licenseOf).join("\n");
  writeFileSync(
    path.join(folder, "LICENSE"),
    `${readFileSync(path.join(here, "..", "..", "LICENSE"), "utf8")}\nThe program contains:\n${licenses}`,
  );
  mkdirSync(destination, { recursive: true });
  const arguments_ = ["pack", "--silent", "--pack-destination", destination];
  console.log(path.join(destination, execFileSync("npm", arguments_, { cwd: folder, encoding: "utf8" }).trim()));
} finally {
  rmSync(folder, { recursive: true });
}
