/** What a run's page for visitors shows, and of which run. */
import { describe, expect, it } from "vitest";
import { withShareToken } from "../../../../apps/web/src/features/addresses/shareToken.ts";
import { openedImageOf } from "../../../../apps/web/src/features/publicExperiments/openedImage.ts";
import { planOf, recipeDocument } from "../../../../apps/web/src/features/publicExperiments/recipe.ts";
import { linkedPlace, publicPlace, runPath } from "../../../../apps/web/src/features/publicExperiments/sharedAddresses.ts";
import { type SharedRun, sharedRunOf } from "../../../../apps/web/src/features/publicExperiments/sharedRun.ts";
import { imagesOf, ofImport } from "../../../../apps/web/src/features/publicExperiments/sharedText.ts";
import type { FirstImagesFragment, SharedImageQuery, SharedRunQuery } from "../../../../apps/web/src/graphql/generated/graphql.ts";

const experiment = { id: "exp", key: "EXP-1", name: "Two encodings", visibility: "PUBLIC", workspaceName: "Perception Lab" };
const run = {
  __typename: "PerturbationRun",
  id: "run",
  key: "RUN-3",
  name: "Attack",
  kindLabel: "Perturbation",
  method: "pgd",
  presetLabel: "Faint",
  seed: 7,
  model: { name: "LeNet", sha256: "ab".repeat(32) },
  parameters: { iterations: 40 },
  norm: "LINF",
  bounds: [1, 2.5],
  targetLabel: null,
  experiment,
} as unknown as SharedRun;
const dataOf = (node: object) => ({ node }) as unknown as SharedRunQuery;
const image = { id: "image", url: "/images/a.png", width: 28, height: 28 };

describe("sharedRunOf", () => {
  it.each([
    ["of the experiment in the address", { experimentId: "exp", visibility: "PUBLIC" }, true],
    ["of another experiment", { experimentId: "other", visibility: "PUBLIC" }, false],
    ["that a member may read, but visitors may not", { experimentId: null, visibility: "UNLISTED" }, false],
  ] as const)("decides about a run %s", (_name, expected, isShown) => {
    expect(sharedRunOf(dataOf(run), expected) !== null).toBe(isShown);
  });

  it("shows nothing that is not a run", () => {
    expect(sharedRunOf(dataOf({ __typename: "Experiment" }), { experimentId: null, visibility: "PUBLIC" })).toBeNull();
  });
});

describe("openedImageOf", () => {
  const elite = {
    __typename: "Elite",
    id: "e",
    niche: 4,
    label: "four",
    generation: 12,
    storedConfidence: 0.9,
    genome: { url: "/g" },
    image,
  };
  const opened = (node: object, rows: Parameters<typeof openedImageOf>[2] = []) =>
    openedImageOf({ node } as unknown as SharedImageQuery, "run", rows);

  it("opens an image of the run, and none of another run", () => {
    expect(opened({ ...elite, run: { id: "run" } })).toMatchObject({
      label: "four",
      note: "elite of class 4 from generation 12",
      genomeUrl: "/g",
    });
    for (const __typename of ["Elite", "Trajectory", "Perturbation"])
      expect(opened({ ...elite, __typename, run: { id: "other" } })).toBeNull();
  });

  it("opens an image without a row of its own only if the run lists it", () => {
    const row = ofImport({ index: 2, niche: null, label: null, claimed: 0.5, image });
    expect(opened({ __typename: "Image", ...image })).toBeNull();
    expect(opened({ __typename: "Image", ...image }, [row])).toMatchObject({ label: "image 2", confidence: null, claimed: 0.5 });
  });
});

describe("imagesOf", () => {
  it("shows an imported run's images without a confidence, since they were not measured here", () => {
    const imported = { __typename: "ImportedRun", images: { nodes: [{ index: 0, niche: 3, label: null, claimed: 0.9, image }] } };
    expect(imagesOf(imported as unknown as FirstImagesFragment)).toEqual([
      { id: "image", label: "class 3", confidence: null, claimed: 0.9, image },
    ]);
  });

  it("shows a chain's latest elites, and nothing before there are any", () => {
    const chain = (latestElites: readonly object[]) => ({ __typename: "RetrainingRun", chain: { id: "c", latestElites } }) as never;
    expect(imagesOf(chain([{ niche: 1, storedConfidence: 0.8, image }]))).toMatchObject([{ label: "class 1", confidence: 0.8 }]);
    expect(imagesOf(chain([]))).toEqual([]);
  });
});

describe("a recipe", () => {
  it("names the settings of the run's kind", () => {
    expect(planOf(run)).toEqual([
      { name: "Target", text: "any other class" },
      { name: "Bounds", text: "1 2.5", isNumber: true },
    ]);
  });

  it("is a document with all settings, the owner and the model's hash, unless the hash is not shared", () => {
    expect(recipeDocument(run)).toMatchObject({
      run: "RUN-3",
      experiment: { key: "EXP-1", owner: "Perception Lab" },
      method: "pgd",
      seed: 7,
      model: { name: "LeNet", sha256: "ab".repeat(32) },
      norm: "LINF",
      bounds: [1, 2.5],
      parameters: { iterations: 40 },
    });
    expect(recipeDocument({ ...run, model: { ...run.model, sha256: "" } })).toMatchObject({ model: { sha256: null } });
  });
});

describe("addresses", () => {
  it("are of the public experiment or of the link, with one image open", () => {
    expect(runPath(publicPlace("a="), "r=", "i")).toBe("/public/a%3D/runs/r%3D?image=i");
    expect(runPath(linkedPlace("token"), "r")).toBe("/shared/token/runs/r");
  });

  it("carry the link to files that browsers load without headers", () => {
    expect(withShareToken("/contact-sheets/r/3/32.png", "t")).toBe("/contact-sheets/r/3/32.png?share=t");
    expect(withShareToken("/genomes/g.json?size=2", "t")).toBe("/genomes/g.json?size=2&share=t");
    expect(withShareToken("/genomes/g.json", null)).toBe("/genomes/g.json");
  });
});
