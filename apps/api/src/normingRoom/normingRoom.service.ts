/**
 * Norming rooms. Labellers and above take part in the rooms of which they are members; researchers who are not members may read and lead
 * every room. A user who is still voting in the study may open none of its rooms, which show labels and votes.
 */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { maxRemarkLength, type NormingOutcome } from "@pareidolia/core/normingState";
import { roomAgreement } from "@pareidolia/perception/norming/roomAgreement";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import { changeRoomMembers } from "@pareidolia/persistence/studies/norming/changeRoomMembers";
import {
  findDecisionsOfStudies,
  findNormingComments,
  findNormingDecisions,
  findNormingImages,
  findNormingRooms,
  findRoomsOfStudies,
  findRoomUsers,
  findSettledVotes,
  findUnblindingRooms,
  findVisibleVotes,
  type NormingCommentRecord,
  type NormingRoomRecord,
  type StudyDecisionRecord,
} from "@pareidolia/persistence/studies/norming/readRooms";
import {
  castRoomVote,
  commentOnRoomImage,
  createNormingRoomOnce,
  decideRoomImage,
  findLatestChange,
  type RoomPlace,
  revealRoomImage,
  startSecondRound,
  undoRoomVote,
} from "@pareidolia/persistence/studies/norming/writeRooms";
import { parseIdOf } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import type { Action } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import type { StudyService } from "../study/study.service.ts";
import { checkText, readIdempotencyKey } from "../text.ts";
import type { StudyShelf } from "../voting/studyShelf.ts";
import type { VotingService } from "../voting/voting.service.ts";
import { chooseImages } from "./chooseImages.ts";
import { closedRoom, type RoomsOfStudy, stillVotingMessage } from "./closedRooms.ts";
import type {
  CastRoomVoteInput,
  ChangeRoomMembersInput,
  CommentOnRoomImageInput,
  CreateNormingRoomInput,
  DecideRoomImageInput,
  RevealRoomImageInput,
  UndoRoomVoteInput,
} from "./normingRoom.input.ts";
import type { RoomAgreement, RoomClass } from "./normingRoom.type.ts";
import { readMembers } from "./readMembers.ts";
import { agreementOf, classesOf, type RoomDecisionView, type RoomImageView, viewDecision, viewImage } from "./roomView.ts";

const fewestMembers = 2;
const maxMembers = 30;
const takePart = "normingRoom:takePart";
const lead = "normingRoom:startSecondRound";

interface NormingRoomServiceOptions {
  readonly database: Database;
  readonly roomChanges: Followers<Bell>;
  readonly shelf: StudyShelf;
  readonly studies: StudyService;
  readonly voting: VotingService;
}

/** A room that the actor may read. */
interface OpenedRoom {
  readonly actor: MemberActor;
  readonly room: NormingRoomRecord;
}

export class NormingRoomService {
  readonly #database: Database;
  readonly #roomChanges: Followers<Bell>;
  readonly #studies: StudyService;
  readonly #voting: VotingService;
  readonly #shelf: StudyShelf;

  constructor(options: NormingRoomServiceOptions) {
    this.#database = options.database;
    this.#roomChanges = options.roomChanges;
    this.#studies = options.studies;
    this.#voting = options.voting;
    this.#shelf = options.shelf;
  }

  /** In the order of `ids`; null for a room that is unknown or hidden from the actor, and an error for one that is closed to the actor. */
  async load(actor: Actor, ids: readonly string[]): Promise<(NormingRoomRecord | AppError | null)[]> {
    if (actor.workspaceId === null || !policy.grants(actor, takePart)) return ids.map(() => null);
    const { userId } = actor;
    const rooms = await findNormingRooms(this.#database.connection, { ids, userId });
    const visible = rooms.map((room) => (room !== null && this.#mayRead(actor, room) ? room : null));
    const voting = await this.#voting.isVoting(
      actor,
      visible.map((room) => room?.studyId ?? ""),
    );
    const closed = await this.#findClosed(
      userId,
      visible.filter((room) => room !== null),
    );
    return visible.map((room, index) => {
      const reason = room === null ? null : closedRoom(room, { isVoting: voting[index] === true, closed });
      return reason === null ? room : new AppError("FORBIDDEN", reason.message);
    });
  }

  /** Returns each study's open rooms that the actor may read, oldest first, and its rooms closed to the actor for now. */
  async listOfStudies(actor: Actor, studyIds: readonly string[]): Promise<RoomsOfStudy[]> {
    if (actor.workspaceId === null || !policy.grants(actor, takePart)) return studyIds.map(() => ({ open: [], closed: [] }));
    const rooms = await findRoomsOfStudies(this.#database.connection, { studyIds, userId: actor.userId });
    const voting = await this.#voting.isVoting(actor, studyIds);
    const closed = await this.#findClosed(actor.userId, rooms.flat());
    return rooms.map((ofStudy, index) => {
      const readable = ofStudy.filter((room) => this.#mayRead(actor, room));
      const reasons = readable.map((room) => closedRoom(room, { isVoting: voting[index] === true, closed }));
      return {
        open: readable.filter((_, place) => reasons[place] === null),
        closed: reasons.filter((reason) => reason !== null),
      };
    });
  }

  /** Rooms that the user could read only by role, and that would unblind votes of the user elsewhere, with the number of the room there. */
  #findClosed(userId: string, rooms: readonly NormingRoomRecord[]): Promise<ReadonlyMap<string, number>> {
    const roomIds = rooms.flatMap(({ id, ownNumber }) => (ownNumber === null ? [id] : []));
    return findUnblindingRooms(this.#database.connection, { userId, roomIds });
  }

  /** Whether the actor may reveal votes early and start second rounds: its creator, and researchers who do not take part. */
  leads(actor: Actor, room: NormingRoomRecord): boolean {
    return policy.allows(actor, lead, room) && (room.createdById === actor.userId || room.ownNumber === null);
  }

  /** All images of a room by place, or those at `places`. */
  async readImages(actor: Actor, room: NormingRoomRecord, places?: readonly number[]): Promise<RoomImageView[]> {
    policy.requireOwn(actor, takePart, room);
    const { connection } = this.#database;
    const images = await findNormingImages(connection, { roomId: room.id, places });
    const votes = await findVisibleVotes(connection, { roomId: room.id, userId: actor.userId, places });
    const decisions = await findNormingDecisions(connection, room.id);
    const parts = { room, study: await this.#shelf.get(room.studyId), leads: this.leads(actor, room), votes, decisions };
    return images.map((image) => viewImage(parts, image));
  }

  /** For an image that `readImages` returned to the actor. */
  readComments({ room, place }: RoomImageView): Promise<NormingCommentRecord[]> {
    return findNormingComments(this.#database.connection, { roomId: room.id, place });
  }

  async readClasses(room: NormingRoomRecord): Promise<readonly RoomClass[]> {
    return classesOf(await this.#shelf.get(room.studyId));
  }

  /** IDs of the users who take part. */
  readUsers(room: NormingRoomRecord): Promise<string[]> {
    return findRoomUsers(this.#database.connection, room.id);
  }

  async readAgreement(room: NormingRoomRecord): Promise<RoomAgreement> {
    return agreementOf(roomAgreement(await findSettledVotes(this.#database.connection, room.id)));
  }

  /** The decisions of each study's rooms, in the order of rooms; none of a study that the actor may not inspect. */
  async listDecisions(actor: Actor, studyIds: readonly string[]): Promise<StudyDecisionRecord[][]> {
    const studies = await this.#studies.load(actor, studyIds);
    const visible = studies.filter((study) => study !== null);
    const open = await this.#studies.mayInspect(actor, visible);
    const ids = visible.flatMap(({ id }, index) => (open[index] === true ? [id] : []));
    const decisions = await findDecisionsOfStudies(this.#database.connection, ids);
    return studyIds.map((id) => decisions[ids.indexOf(id)] ?? []);
  }

  /** For decisions that `listDecisions` returned to the actor. */
  async viewDecisions(studyId: string, decisions: readonly StudyDecisionRecord[]): Promise<RoomDecisionView[]> {
    const study = await this.#shelf.get(studyId);
    return decisions.map((decision) => viewDecision(study, decision));
  }

  async create(actor: Actor, input: CreateNormingRoomInput): Promise<NormingRoomRecord> {
    const study = await this.#studies.getByReference(actor, input.studyId, "input.studyId");
    policy.requireOwn(actor, "normingRoom:create", study);
    if (study.planText === null)
      throw new AppError("CONFLICT", "A draft has no votes to discuss. Open the study first.", { field: "input.studyId" });
    const [isVoting] = await this.#voting.isVoting(actor, [study.id]);
    if (isVoting === true) throw new AppError("FORBIDDEN", stillVotingMessage(study.number));
    const { connection } = this.#database;
    const members = { actor, references: input.memberIds, action: takePart, field: "input.memberIds" } as const;
    if (input.memberIds.length > maxMembers)
      throw new AppError("INVALID_INPUT", `A room has up to ${maxMembers} members.`, { field: "input.memberIds" });
    const userIds = await readMembers(connection, members);
    if (userIds.length < fewestMembers)
      throw new AppError("INVALID_INPUT", `Choose at least ${fewestMembers} members.`, { field: "input.memberIds" });
    const images = await chooseImages({ connection, shelf: this.#shelf }, study.id, input);
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const { id } = await this.#database.transaction(async (transaction) => {
      const row = { studyId: study.id, createdById: actor.userId, images, userIds, idempotencyKey };
      const room = await createNormingRoomOnce(transaction, row);
      if (room.created) {
        const subject = { subjectType: "NormingRoom", subjectId: room.id, subjectName: nameOf(study.number, room.number) };
        const after = { images, userIds };
        await appendAuditEntry(transaction.connection, actor, { action: "normingRoom:create", ...subject, before: null, after });
      }
      return room;
    });
    const [room] = await findNormingRooms(connection, { ids: [id], userId: actor.userId });
    if (room == null) throw new AppError("NOT_FOUND", "There is no such norming room.");
    return room;
  }

  /** @throws AppError CONFLICT once an image is revealed; FORBIDDEN unless the actor leads the room. */
  async changeMembers(actor: Actor, input: ChangeRoomMembersInput): Promise<NormingRoomRecord> {
    const action = "normingRoom:changeMembers";
    const { room, actor: member } = await this.#openInput(actor, input);
    policy.requireOwn(actor, action, room);
    if (!this.leads(actor, room))
      throw new AppError("FORBIDDEN", "Only the room's researcher, or one who does not take part, changes its members.");
    const { connection } = this.#database;
    const add = await readMembers(connection, { actor: member, references: input.add ?? [], action: takePart, field: "input.add" });
    const remove = await readMembers(connection, { actor: member, references: input.remove ?? [], action: null, field: "input.remove" });
    if (add.length + remove.length === 0) throw new AppError("INVALID_INPUT", "Name members to add or to remove.", { field: "input.add" });
    if (add.some((id) => remove.includes(id)))
      throw new AppError("INVALID_INPUT", "A member is either added or removed.", { field: "input.remove" });
    await this.#database.transaction(async (transaction) => {
      const change = { roomId: room.id, add, remove, fewest: fewestMembers, most: maxMembers };
      const { before, after } = await changeRoomMembers(transaction, change);
      if (before.join() === after.join()) return;
      const subject = { subjectType: "NormingRoom", subjectId: room.id, subjectName: nameOf(room.studyNumber, room.number) };
      await appendAuditEntry(transaction.connection, actor, { action, ...subject, before: { userIds: before }, after: { userIds: after } });
    });
    const [changed] = await findNormingRooms(connection, { ids: [room.id], userId: member.userId });
    if (changed == null) throw new AppError("NOT_FOUND", "There is no such norming room.");
    return changed;
  }

  async vote(actor: Actor, input: CastRoomVoteInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    const member = memberOf(opened.room);
    const { round } = input;
    if (round !== 1 && round !== 2) throw new AppError("INVALID_INPUT", "The round is 1 or 2.", { field: "input.round" });
    if ((input.label == null) !== (input.nothing === true))
      throw new AppError("INVALID_INPUT", "Give either a class or that you recognise nothing.", { field: "input.label" });
    const label = await this.#readLabel(opened.room, input.label ?? null);
    // The entry must not contain the vote: owners read the log, and some of them vote in the room.
    return this.#change(opened, input.place, "normingRoom:vote", { round }, (transaction, at) =>
      castRoomVote(transaction, { ...at, member, round, label }),
    );
  }

  async undoVote(actor: Actor, { round, ...input }: UndoRoomVoteInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    const member = memberOf(opened.room);
    if (round !== 1 && round !== 2) throw new AppError("INVALID_INPUT", "The round is 1 or 2.", { field: "input.round" });
    return this.#change(opened, input.place, "normingRoom:undoVote", { round }, (transaction, at) =>
      undoRoomVote(transaction, { ...at, member, round }),
    );
  }

  async reveal(actor: Actor, input: RevealRoomImageInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    const early = this.leads(actor, opened.room);
    return this.#change(opened, input.place, "normingRoom:reveal", {}, (transaction, at) => revealRoomImage(transaction, { ...at, early }));
  }

  async startSecondRound(actor: Actor, input: RevealRoomImageInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    policy.requireOwn(actor, lead, opened.room);
    if (!this.leads(actor, opened.room))
      throw new AppError("FORBIDDEN", "Only the room's researcher, or one who does not take part, starts the second vote.");
    return this.#change(opened, input.place, "normingRoom:startSecondRound", {}, startSecondRound);
  }

  async comment(actor: Actor, input: CommentOnRoomImageInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    const member = memberOf(opened.room);
    const text = readRemark(input.text, "input.text", "A comment");
    return this.#change(opened, input.place, "normingRoom:comment", {}, async (transaction, at) => {
      await commentOnRoomImage(transaction, { ...at, member, text });
      return true;
    });
  }

  async decide(actor: Actor, input: DecideRoomImageInput): Promise<RoomImageView> {
    const opened = await this.#openInput(actor, input);
    const { userId } = opened.actor;
    const reason = readRemark(input.reason, "input.reason", "A reason");
    const outcome = input.outcome as NormingOutcome;
    if ((outcome === "CLASS") !== (input.label != null))
      throw new AppError("INVALID_INPUT", "Give a class for the outcome CLASS, and none for others.", { field: "input.label" });
    const label = await this.#readLabel(opened.room, input.label ?? null);
    const after = { outcome, label, reason };
    return this.#change(opened, input.place, "normingRoom:decide", after, async (transaction, at) => {
      await decideRoomImage(transaction, { ...at, userId, ...after });
      return true;
    });
  }

  /** Yields the room's ID once for each change, or for several that happened together. */
  async follow(actor: Actor, { roomId, since }: { readonly roomId: string; readonly since: number }): Promise<AsyncIterable<string>> {
    const { room } = await this.#open(actor, parseIdOf("NormingRoom", roomId, "roomId"));
    if (since < 0) throw new AppError("INVALID_INPUT", '"since" cannot be negative.', { field: "since" });
    return this.#roomChanges.follow(room.id, (bell) => this.#changes(room.id, since, bell));
  }

  async *#changes(roomId: string, since: number, bell: Bell): AsyncGenerator<string, void, undefined> {
    let seen = since;
    while (!bell.takenDown) {
      const latest = await findLatestChange(this.#database.connection, roomId);
      if (latest <= seen) await bell.wait();
      else {
        seen = latest;
        yield roomId;
      }
    }
  }

  #mayRead(actor: Actor, room: NormingRoomRecord): boolean {
    return policy.allows(actor, takePart, room) && (room.ownNumber !== null || policy.allows(actor, lead, room));
  }

  #openInput(actor: Actor, { roomId }: { readonly roomId: string }): Promise<OpenedRoom> {
    policy.requireInWorkspace(actor, takePart);
    return this.#open(actor, parseIdOf("NormingRoom", roomId, "input.roomId"));
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN while the actor votes in the study. */
  async #open(actor: Actor, id: string): Promise<OpenedRoom> {
    policy.requireInWorkspace(actor, takePart);
    const [room] = await this.load(actor, [id]);
    if (room instanceof AppError) throw room;
    if (room == null) throw new AppError("NOT_FOUND", "There is no such norming room.", { field: "input.roomId" });
    policy.requireOwn(actor, takePart, room);
    return { actor, room };
  }

  /** Appends to the audit log unless `act` returns false, for a repetition. */
  async #change(
    { actor, room }: OpenedRoom,
    place: number,
    action: Action,
    after: Readonly<Record<string, unknown>>,
    act: (transaction: Transaction, at: RoomPlace) => Promise<boolean>,
  ): Promise<RoomImageView> {
    policy.requireOwn(actor, action, room);
    await this.#database.transaction(async (transaction) => {
      if (!(await act(transaction, { roomId: room.id, place }))) return;
      const subject = { subjectType: "NormingRoom", subjectId: room.id, subjectName: nameOf(room.studyNumber, room.number) };
      await appendAuditEntry(transaction.connection, actor, { action, ...subject, before: null, after: { place, ...after } });
    });
    const [image] = await this.readImages(actor, room, [place]);
    if (image === undefined) throw new AppError("NOT_FOUND", "The room has no image at this place.", { field: "input.place" });
    return image;
  }

  /** @throws AppError INVALID_INPUT for a class that is not the study's. */
  async #readLabel(room: NormingRoomRecord, label: number | null): Promise<number | null> {
    const { labelPlaces } = await this.#shelf.get(room.studyId);
    if (label !== null && !labelPlaces.has(label))
      throw new AppError("INVALID_INPUT", "The study has no such class.", { field: "input.label" });
    return label;
  }
}

function nameOf(study: number, room: number): string {
  return `STU-${study}, norming room ${room}`;
}

function memberOf({ ownNumber }: NormingRoomRecord): number {
  if (ownNumber === null) throw new AppError("FORBIDDEN", "Only members of this room vote and comment in it.");
  return ownNumber;
}

function readRemark(text: string, field: string, label: string): string {
  const remark = checkText(text, { field, label, longest: maxRemarkLength });
  if (remark === "") throw new AppError("INVALID_INPUT", `${label} is required.`, { field });
  return remark;
}
