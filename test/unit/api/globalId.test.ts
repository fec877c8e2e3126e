import { nodeLookups } from "@pareidolia/api/assembly/nodeLookups";
import { encodeGlobalId, type NodeType, parseReference, parseReferenceTo } from "@pareidolia/api/globalId/globalId";
import { decodeCursor, encodeCursor } from "@pareidolia/api/pagination/cursor";
import { describe, expect, it } from "vitest";

const wrong = { code: "INVALID_INPUT" };

describe("global ids", () => {
  it("decode to the type and id that were encoded", () => {
    for (const type of nodeLookups.keys() as Iterable<NodeType>)
      expect(parseReference(encodeGlobalId(type, "a-1_b.c"), "id")).toEqual({ type, id: "a-1_b.c" });
  });

  it("may be keys of experiments and runs, in upper or lower case", () => {
    expect(parseReference("EXP-12", "id")).toEqual({ type: "Experiment", number: 12 });
    expect(parseReference("run-142", "id")).toEqual({ type: "Run", number: 142 });
    expect(parseReference("IMG-9F3a", "id")).toEqual({ type: "Image", id: "9f3a" });
  });

  it("are refused if they are malformed, padded or of a different type than requested", () => {
    for (const text of [
      "",
      "x",
      "EXP-0",
      "RUN-99999999999",
      "'; DROP TABLE runs",
      `${encodeGlobalId("Run", "a")}=`,
      encodeGlobalId("Run", "a\0b"),
      "é".repeat(300),
    ])
      expect(() => parseReference(text, "id"), text).toThrow(expect.objectContaining(wrong));
    expect(() => parseReferenceTo("Run", "EXP-1", "runId")).toThrow(expect.objectContaining({ ...wrong, field: "runId" }));
  });
});

describe("cursors", () => {
  const shape = { name: "runs.createdAt", values: ["time", "text"] } as const;
  const position = ["2026-11-24T17:00:00.123Z", "id"];

  it("decode to the position that was encoded", () => {
    expect(decodeCursor(shape, encodeCursor(shape, position), "after")).toEqual(position);
    const exact = { name: "elites", values: ["number", "text"] } as const;
    expect(decodeCursor(exact, encodeCursor(exact, [0.1 + 0.2, "e"]), "after")).toEqual([0.1 + 0.2, "e"]);
  });

  it("are refused for another list or order, with wrong values, and if malformed", () => {
    const other = encodeCursor({ ...shape, name: "runs.updatedAt" }, position);
    const untimely = encodeCursor(shape, ["yesterday", "id"]);
    for (const cursor of [other, untimely, encodeCursor(shape, ["2026-11-24T17:00:00.123Z", "a\0"]), "", "null", "W10", "x".repeat(5000)])
      expect(() => decodeCursor(shape, cursor, "after"), cursor).toThrow(expect.objectContaining({ ...wrong, field: "after" }));
  });
});
