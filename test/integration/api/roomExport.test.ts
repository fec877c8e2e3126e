/** The export of a study's norming rooms: who gets it, what is in it, and that it unblinds no member. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";
import { readCsv } from "../../support/readCsv.ts";

let world: NormingWorld;
let roomId: string;

beforeAll(async () => {
  world = await startNormingWorld();
  roomId = await world.createRoom([0, 1], ["bo", "cy"]);
});
afterAll(() => world.api.close());

const vote = (name: string, place: number, label: number, round = 1) => world.mutate(name, "castRoomVote", { roomId, place, round, label });
const get = (name: string, file: string): Promise<Response> =>
  fetch(`${world.api.url}/studies/STU-1/${file}`, { headers: world.senders[name] as Record<string, string> });
const rowsOf = async (name: string, file: "room-votes" | "room-images") => readCsv(await (await get(name, `${file}.csv`)).text());

/** In order: each step adds to the room of the steps before. */
describe("a room's export", () => {
  it("has no vote, label or confidence before the reveal, for the owner either", async () => {
    await vote("bo", 0, 17);
    await vote("bo", 1, 18);
    expect(await rowsOf("ada", "room-votes")).toEqual([]);
    const images = await rowsOf("ada", "room-images");
    expect(images).toMatchObject([
      { study: "STU-1", room: "1", place: "0", state: "BLIND", blind_votes: "1", machine_class: "", decision: "" },
      { place: "1", state: "BLIND", machine_class: "", alpha_blind: "" },
    ]);
  });

  it("has the blind votes once they are revealed, and the second ones once the round is complete", async () => {
    await vote("cy", 0, 3);
    await world.mutate("ada", "revealRoomImage", { roomId, place: 0 });
    await world.mutate("bo", "commentOnRoomImage", { roomId, place: 0, text: "It bends." });
    await world.mutate("ada", "startSecondRound", { roomId, place: 0 });
    await vote("bo", 0, 3, 2);
    const rounds = async () =>
      (await rowsOf("rita", "room-votes")).map(({ place, round, answer_class }) => `${place} ${round} ${answer_class}`).toSorted();
    expect(await rounds()).toEqual(["0 1 17", "0 1 3"]);
    await vote("cy", 0, 3, 2);
    const votes = await rowsOf("rita", "room-votes");
    expect(votes.filter(({ round }) => round === "2").map(({ answer_class }) => answer_class)).toEqual(["3", "3"]);
    expect(new Set(votes.map(({ member }) => member))).toEqual(new Set(["M-01", "M-02"]));
    for (const row of votes) {
      expect(row).toMatchObject({ comments: "1", answer_name: `label ${row["answer_class"]}`, plan_hash: world.opened.study.planHash });
      expect(Date.parse(row["voted_at"] ?? "")).toBeLessThanOrEqual(Date.now());
    }
    // Names of members are in no file.
    expect(JSON.stringify(votes)).not.toMatch(/"(bo|cy)"/);
  });

  it("has who decided what and when, as has the image of the study", async () => {
    const decision = { outcome: "CLASS", label: 3, reason: "=1+1, both say so" };
    expect((await world.mutate("rita", "decideRoomImage", { roomId, place: 0, ...decision })).__typename).toBe("RoomImageSuccess");
    const [decided, open] = await rowsOf("ada", "room-images");
    expect(decided).toMatchObject({
      decision: "CLASS",
      decision_class: "3",
      decision_name: "label 3",
      decision_reason: "'=1+1, both say so",
      decided_by: "rita",
      second_votes: "2",
    });
    expect(open).toMatchObject({ decision: "", decided_by: "" });
    const lines = (await (await get("ada", "room-images.jsonl")).text()).trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ decision_reason: "=1+1, both say so", decided_at: decided?.["decided_at"] });
    const fields = "images(first: 100) { nodes { index decisions { room outcome choice { name } reason decidedBy { name } } } }";
    const read = (name: string) => world.ask(name, `{ node(id: "STU-1") { ... on Study { ${fields} } } }`);
    const { data } = await read("ada");
    const ofImages = new Map(data.node.images.nodes.map((image: { index: number; decisions: unknown }) => [image.index, image.decisions]));
    expect(ofImages.get(Number(decided?.["item"]))).toEqual([
      { room: 1, outcome: "CLASS", choice: { name: "label 3" }, reason: decision.reason, decidedBy: { name: "rita" } },
    ]);
    expect(ofImages.get(Number(open?.["item"]))).toEqual([]);
    expect((await read("bo")).errors[0].extensions.code).toBe("FORBIDDEN");
  });

  it("is for researchers and owners, and not while they take part in a room with blind images", async () => {
    const statuses = await Promise.all(
      ["visitor", "viv", "bo", "di", "ada"].map(async (name) => (await get(name, "room-votes.csv")).status),
    );
    expect(statuses).toEqual([401, 403, 403, 200, 200]);
    await world.createRoom([2], ["di", "eve"]);
    for (const file of ["room-votes.csv", "room-votes.jsonl", "room-images.csv", "room-images.jsonl"])
      expect((await get("di", file)).status, file).toBe(403);
  });

  it("is recorded in the audit log", async () => {
    const response = await get("ada", "room-votes.jsonl");
    expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="room-votes.jsonl"');
    await response.text();
    const entry = await world.api.database.connection.auditEntry.findFirstOrThrow({
      where: { action: "study:export" },
      orderBy: { sequence: "desc" },
    });
    expect(JSON.parse(entry.text)).toMatchObject({ subjectName: "STU-1", after: { table: "room-votes", format: "jsonl", rooms: 2 } });
  });
});
