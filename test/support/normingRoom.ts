/** A workspace with an open study of six images, its members, and requests about norming rooms. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { expect } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "./accounts.ts";
import { type OpenedStudy, writeOpenedStudy } from "./openedStudy.ts";

/** Everything that a member can read about an image, without the classes on its buttons. */
export const imageFields = `place state firstVotes secondVotes commentCount machine { label name } confidence roundToVote roundToUndo mayReveal
  mayStartSecondRound mayComment mayDecide votes { member round choice { label name } }
  decision { outcome choice { label } reason decidedBy { name } } comments { number member text }`;

export const coefficientFields = "{ estimate low high images votes reason }";

const mutations = {
  createNormingRoom: ["CreateNormingRoomInput", "NormingRoomSuccess", "normingRoom { id number imageCount memberCount leads }"],
  changeRoomMembers: [
    "ChangeRoomMembersInput",
    "NormingRoomSuccess",
    "normingRoom { memberCount formerMemberCount mayChangeMembers members { name } }",
  ],
  castRoomVote: ["CastRoomVoteInput", "RoomImageSuccess", `image { ${imageFields} }`],
  undoRoomVote: ["UndoRoomVoteInput", "RoomImageSuccess", `image { ${imageFields} }`],
  revealRoomImage: ["RevealRoomImageInput", "RoomImageSuccess", `image { ${imageFields} }`],
  commentOnRoomImage: ["CommentOnRoomImageInput", "RoomImageSuccess", `image { ${imageFields} }`],
  startSecondRound: ["StartSecondRoundInput", "RoomImageSuccess", `image { ${imageFields} }`],
  decideRoomImage: ["DecideRoomImageInput", "RoomImageSuccess", `image { ${imageFields} }`],
  assignStudyImages: [
    "AssignStudyImagesInput",
    "AssignStudyImagesSuccess",
    "assignments { user { name } mayVote images answered joined finished answeredTrials trials }",
  ],
} as const;

export interface NormingWorld {
  readonly api: AccountsApi;
  readonly opened: OpenedStudy;
  readonly studyId: string;
  /** Their IDs as members, by name. The owner is "ada". */
  readonly memberIds: Readonly<Record<string, string>>;
  readonly senders: Readonly<Record<string, Sender>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  mutate(name: string, mutation: keyof typeof mutations, input: object): Promise<any>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  ask(name: string, query: string, variables?: Record<string, unknown>): Promise<any>;
  /** A room of these images for these members, created by the owner, who does not take part. Returns its ID. */
  createRoom(images?: readonly number[], members?: readonly string[]): Promise<string>;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  readImage(name: string, roomId: string, place?: number): Promise<any>;
}

export const members = ["bo", "cy", "di"] as const;

export async function startNormingWorld(): Promise<NormingWorld> {
  const api = await startAccountsApi();
  const opened = await writeOpenedStudy(api);
  const people = { bo: "LABELLER", cy: "LABELLER", di: "RESEARCHER", eve: "LABELLER", viv: "VIEWER", rita: "RESEARCHER" } as const;
  const memberIds: Record<string, string> = {};
  const senders: Record<string, Sender> = { ada: api.owner, visitor: {} };
  for (const [name, role] of Object.entries(people)) {
    const { cookie, memberId } = await api.createMember(name, role);
    senders[name] = { cookie };
    memberIds[name] = encodeGlobalId("Member", memberId);
  }
  const send = async (name: string, query: string, variables = {}) => (await api.ask(senders[name] as Sender, query, variables)).body;
  const mutate = async (name: string, mutation: keyof typeof mutations, input: object) => {
    const [type, success, fields] = mutations[mutation];
    const body = await send(
      name,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on ${success} { ${fields} } ... on Error { message } } }`,
      { input },
    );
    return body.data?.[mutation] ?? body;
  };
  const studyId = encodeGlobalId("Study", opened.study.id);
  return {
    api,
    opened,
    studyId,
    memberIds,
    senders,
    mutate,
    ask: send,
    async createRoom(images = [0, 1, 2, 3], names = members) {
      const created = await mutate("ada", "createNormingRoom", { studyId, images, memberIds: names.map((name) => memberIds[name]) });
      expect(created.__typename).toBe("NormingRoomSuccess");
      return created.normingRoom.id;
    },
    async readImage(name, roomId, place = 0) {
      const { data } = await send(name, `{ node(id: "${roomId}") { ... on NormingRoom { image(place: ${place}) { ${imageFields} } } } }`);
      return data.node?.image ?? null;
    },
  };
}
