/** Exports the norming rooms of a study: every settled vote, or every image with its discussion, agreement and decision. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { roomAgreement } from "@pareidolia/perception/norming/roomAgreement";
import { type ExportedRoomImage, roomImageTable, roomVoteTable } from "@pareidolia/perception/norming/roomTables";
import type { Database } from "@pareidolia/persistence/server/database/database";
import {
  findNormingDecisions,
  findNormingImages,
  findRoomsOfStudies,
  findSettledVotes,
  type NormingImageRecord,
  type NormingRoomRecord,
} from "@pareidolia/persistence/studies/norming/readRooms";
import { findUser } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { studyKey } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import { auditExport } from "../study/auditExport.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";
import type { ShelvedStudy, StudyShelf } from "../voting/studyShelf.ts";
import { classOf, pseudonymOf } from "./roomView.ts";

export const roomTableNames = ["room-votes", "room-images"] as const;
export type RoomTableName = (typeof roomTableNames)[number];
export type RoomFormat = "csv" | "jsonl";

interface ExportedStudy {
  readonly key: string;
  readonly planHash: string;
  readonly shelved: ShelvedStudy;
}

export interface RoomExportServiceOptions {
  readonly database: Database;
  readonly shelf: StudyShelf;
  readonly studies: StudyService;
}

export class RoomExportService {
  readonly #database: Database;
  readonly #studies: StudyService;
  readonly #shelf: StudyShelf;

  constructor({ database, shelf, studies }: RoomExportServiceOptions) {
    this.#database = database;
    this.#studies = studies;
    this.#shelf = shelf;
  }

  /**
   * Yields the file in parts: its header, then a part for each room. It has no vote that would unblind a member: an image's votes are
   * exported once they are revealed, and its second votes once the round is complete. @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT for a draft.
   */
  async *export(
    actor: Actor,
    { reference, table, format }: { readonly reference: string; readonly table: RoomTableName; readonly format: RoomFormat },
  ): AsyncGenerator<string, void> {
    const record = await this.#studies.getByReference(actor, reference, "study");
    policy.requireOwn(actor, "study:export", record);
    const { connection } = this.#database;
    await requireInspection(connection, actor, record);
    if (record.planHash === null) throw new AppError("CONFLICT", "This study is a draft, and has no norming rooms yet.");
    const [rooms = []] = await findRoomsOfStudies(connection, { studyIds: [record.id], userId: actor.userId });
    const study = { key: studyKey(record.number), planHash: record.planHash, shelved: await this.#shelf.get(record.id) };
    await auditExport(this.#database, actor, record, { table, format, rooms: rooms.length });
    yield (table === "room-votes" ? roomVoteTable : roomImageTable).header[format];
    for (const room of rooms)
      yield table === "room-votes" ? await this.#votes(study, room, format) : await this.#images(study, room, format);
  }

  async #votes(study: ExportedStudy, room: NormingRoomRecord, format: RoomFormat): Promise<string> {
    const { connection } = this.#database;
    const images = new Map((await findNormingImages(connection, { roomId: room.id })).map((image) => [image.place, image]));
    const votes = await findSettledVotes(connection, room.id);
    const lines = votes.flatMap(({ place, member, round, label, votedAt }) => {
      const image = images.get(place);
      if (image === undefined) return [];
      const choice = label === null ? null : classOf(study.shelved, label);
      return [
        roomVoteTable.line[format]({ of: exportedImage(study, room, image), pseudonym: pseudonymOf(member), round, choice, votedAt }),
      ];
    });
    return lines.join("");
  }

  async #images(study: ExportedStudy, room: NormingRoomRecord, format: RoomFormat): Promise<string> {
    const { connection } = this.#database;
    const images = await findNormingImages(connection, { roomId: room.id });
    const decisions = new Map((await findNormingDecisions(connection, room.id)).map((decision) => [decision.place, decision]));
    const adjudicators = [...new Set([...decisions.values()].flatMap(({ decidedById }) => decidedById ?? []))];
    const names = new Map<string, string>();
    for (const id of adjudicators) names.set(id, (await findUser(connection, id))?.name ?? "");
    const agreement = roomAgreement(await findSettledVotes(connection, room.id));
    const lines = images.map((image) => {
      const decision = decisions.get(image.place);
      return roomImageTable.line[format]({
        of: exportedImage(study, room, image),
        members: room.memberCount,
        blindVotes: image.firstVotes,
        secondVotes: image.secondVotes,
        agreement,
        decision:
          decision === undefined
            ? null
            : {
                ...decision,
                choice: decision.label === null ? null : classOf(study.shelved, decision.label),
                decidedBy: names.get(decision.decidedById ?? "") ?? null,
              },
      });
    });
    return lines.join("");
  }
}

function exportedImage(
  { key, planHash, shelved }: ExportedStudy,
  { number }: NormingRoomRecord,
  image: NormingImageRecord,
): ExportedRoomImage {
  const { place, imageIndex: item, imageSha256, state, label, commentCount: comments } = image;
  const machine = label === null ? null : classOf(shelved, label);
  return { study: key, planHash, room: number, place, item, image: imageSha256, state, machine, comments };
}
