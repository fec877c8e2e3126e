/** The groups of models in the new-run form, and its search. */
import { describe, expect, it } from "vitest";
import { groupModels, matchesModel } from "../../../../apps/web/src/features/newRun/modelGroups.ts";

function model(name: string, origin: string, classes: number, chain: { id: string; name: string } | null = null) {
  const labels = Array.from({ length: classes }, (_, index) => String(index));
  const rest = { width: 28, height: 28, channels: 1, measuredSpeed: null, state: "AVAILABLE" as const, byteLength: null };
  return { id: name, slug: name.toLowerCase().replaceAll(" ", "-"), name, origin, labels, chain, ...rest };
}

const first = { id: "c1", name: "Fooling class" };
const second = { id: "c2", name: "Fooling class" };
const models = [
  model("LeNet", "zoo", 10),
  model("Fooling class, DNN 2", "chain", 11, first),
  model("AlexNet", "zoo", 1000),
  model("Mine", "upload", 3),
  model("Small network", "zoo", 10),
  model("Fooling class, DNN 3", "chain", 11, first),
  model("Another DNN 2", "chain", 11, second),
  model("Orphan", "chain", 11),
];

describe("groups of models", () => {
  it("contain built-in models by number of classes, then uploads, then one group per chain, even for chains of the same name", () => {
    const groups = groupModels(models).map(({ title, models: members }) => [title, members.length]);
    expect(groups).toEqual([
      ["10 classes", 2],
      ["1,000 classes", 1],
      ["Uploaded", 1],
      ["Fooling class", 2],
      ["Fooling class", 1],
      ["Retrained", 1],
    ]);
  });
});

describe("a search for a model", () => {
  const find = (search: string) => models.filter((each) => matchesModel(each, search)).map(({ name }) => name);

  it("finds all words in any order in the name, chain and number of classes", () => {
    expect(find("")).toHaveLength(models.length);
    expect(find("net small")).toEqual(["Small network"]);
    expect(find("1,000")).toEqual(["AlexNet"]);
    expect(find("fooling dnn 3")).toEqual(["Fooling class, DNN 3"]);
    expect(find("unicorn")).toEqual([]);
  });
});
