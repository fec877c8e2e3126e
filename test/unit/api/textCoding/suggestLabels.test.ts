import { suggestLabels } from "@pareidolia/api/textCoding/suggestLabels";
import { describe, expect, it } from "vitest";

const names = [
  ["robin, American robin, Turdus migratorius", "Rotkehlchen"],
  ["cat", "Katze"],
  ["catamaran", "Katamaran"],
  ["dining table, board", "Esstisch"],
  ["screwdriver", "Schraubendreher"],
  ["0", "0"],
];
const labels = names.map((own, label) => ({ label: 10 + label, names: own }));
const suggest = (text: string) => suggestLabels(text, labels).map((label) => names[label - 10]?.[1]);

describe("labels suggested for a text", () => {
  it("have a name or synonym that is the text, in any language of the study, with or without an article", () => {
    expect(suggest("american robin")).toEqual(["Rotkehlchen"]);
    expect(suggest("a cat")).toEqual(["Katze"]);
    expect(suggest("eine katze")).toEqual(["Katze"]);
    expect(suggest("0")).toEqual(["0"]);
  });

  it("have a name among the words of the text", () => {
    expect(suggest("a sleeping cat on a board")).toEqual(["Katze", "Esstisch"]);
    expect(suggest("concatenation")).toEqual([]);
  });

  it("have a name of which up to a third of the letters differ, the nearest first", () => {
    expect(suggest("screw driver")).toEqual(["Schraubendreher"]);
    expect(suggest("skrewdriwer")).toEqual(["Schraubendreher"]);
    expect(suggest("kat")).toEqual(["Katze"]);
    expect(suggest("katamaran")).toEqual(["Katamaran"]);
    expect(suggest("zebra")).toEqual([]);
    expect(suggest("7")).toEqual([]);
  });

  it("are five at most, and in the labels' order on a tie", () => {
    const many = Array.from({ length: 9 }, (_, label) => ({ label, names: [`room ${label}`] }));
    expect(suggestLabels("room", many)).toEqual([0, 1, 2, 3, 4]);
  });
});
