/** Resolves norming rooms, their images and mutations, and the subscription to their changes. */
import type { NormingRoomRecord } from "@pareidolia/persistence/studies/norming/readRooms";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { StudyImageRecord } from "@pareidolia/persistence/studies/studies/studyImages";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { computationCost, statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Requires } from "../policy/requires.ts";
import { StudyImageType, StudyType } from "../study/study.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import {
  CastRoomVoteInput,
  ChangeRoomMembersInput,
  CommentOnRoomImageInput,
  CreateNormingRoomInput,
  DecideRoomImageInput,
  RevealRoomImageInput,
  StartSecondRoundInput,
  UndoRoomVoteInput,
} from "./normingRoom.input.ts";
import {
  CastRoomVotePayload,
  ChangeRoomMembersPayload,
  ClosedRoom,
  CommentOnRoomImagePayload,
  CreateNormingRoomPayload,
  DecideRoomImagePayload,
  NormingRoomType,
  RevealRoomImagePayload,
  RoomAgreement,
  RoomClass,
  RoomComment,
  RoomDecision,
  RoomImage,
  StartSecondRoundPayload,
  UndoRoomVotePayload,
} from "./normingRoom.type.ts";
import { pseudonymOf, type RoomDecisionView, type RoomImageView } from "./roomView.ts";

type ImagePayload = Payload<{ image: RoomImageView }>;
const imageSuccess = (act: () => Promise<RoomImageView>): Promise<ImagePayload> =>
  resolvePayload("RoomImageSuccess", async () => ({ image: await act() }));

@Resolver(() => NormingRoomType)
export class NormingRoomResolver {
  @FieldResolver(() => ID, { description: "ID of the room: opaque, and unique across all types." })
  id(@Root() room: NormingRoomRecord): string {
    return encodeGlobalId("NormingRoom", room.id);
  }

  @FieldResolver(() => StudyType, { description: "The study whose images are discussed." })
  study(@Root() room: NormingRoomRecord, @Ctx() { loaders }: ApiContext): Promise<StudyRecord> {
    return loadExisting(loaders.study, room.studyId);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The researcher who created it." })
  createdBy(@Root() room: NormingRoomRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(room.createdById);
  }

  @FieldResolver(() => String, { nullable: true, description: "The sender's pseudonym in the room; null for those who do not take part." })
  ownPseudonym(@Root() room: NormingRoomRecord): string | null {
    return room.ownNumber === null ? null : pseudonymOf(room.ownNumber);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether the sender may reveal votes early and start second votes, as the room's creator and researchers who do not take part may.",
  })
  leads(@Root() room: NormingRoomRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return services.normingRooms.leads(actor, room);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the sender may change its members: leading it, while no image is revealed.",
  })
  mayChangeMembers(@Root() room: NormingRoomRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return room.isBlind && services.normingRooms.leads(actor, room);
  }

  @FieldResolver(() => [UserType], {
    complexity: statementCost,
    description: "The people who take part. Their order says nothing about their pseudonyms, which are drawn at random.",
  })
  async members(@Root() room: NormingRoomRecord, @Ctx() { loaders, services }: ApiContext): Promise<UserRecord[]> {
    const users = await loaders.user.loadMany(await services.normingRooms.readUsers(room));
    return users.filter((user): user is UserRecord => user !== null && !(user instanceof Error));
  }

  @FieldResolver(() => [RoomClass], { complexity: statementCost, description: "All classes of the study, from which votes choose." })
  classes(@Root() room: NormingRoomRecord, @Ctx() { services }: ApiContext): Promise<readonly RoomClass[]> {
    return services.normingRooms.readClasses(room);
  }

  @FieldResolver(() => [RoomImage], { complexity: statementCost, description: "Its images, by place." })
  images(@Root() room: NormingRoomRecord, @Ctx() { actor, services }: ApiContext): Promise<RoomImageView[]> {
    return services.normingRooms.readImages(actor, room);
  }

  @FieldResolver(() => RoomImage, {
    nullable: true,
    complexity: statementCost,
    description: "The image at a place; null if there is none.",
  })
  async image(
    @Root() room: NormingRoomRecord,
    @Arg("place", () => Int, { defaultValue: 0, description: "The image's place, from 0." }) place: number,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<RoomImageView | null> {
    const [image] = await services.normingRooms.readImages(actor, room, [place]);
    return image ?? null;
  }

  @FieldResolver(() => RoomAgreement, { complexity: computationCost, description: "Agreement before and after the discussion." })
  agreement(@Root() room: NormingRoomRecord, @Ctx() { services }: ApiContext): Promise<RoomAgreement> {
    return services.normingRooms.readAgreement(room);
  }

  @Requires("normingRoom:takePart")
  @Subscription(() => NormingRoomType, {
    description: "The room after each change: first for the changes after `since`, then for new ones.",
    subscribe: async ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.normingRooms.follow(actor, args as { roomId: string; since: number });
    },
  })
  normingRoomChanges(
    @Root() roomId: string,
    @Arg("roomId", () => ID, { description: "ID of the room." }) _roomId: string,
    @Arg("since", () => Int, { defaultValue: 0, description: "The last `sequence` that the client has received; 0 for all changes." })
    _since: number,
    @Ctx() context: ApiContext,
  ): Promise<NormingRoomRecord> {
    context.loaders = context.createLoaders();
    return loadExisting(context.loaders.normingRoom, roomId);
  }
}

@Resolver(() => RoomImage)
export class RoomImageResolver {
  @FieldResolver(() => [RoomComment], { complexity: statementCost, description: "The discussion, oldest first: at most 200 comments." })
  async comments(@Root() image: RoomImageView, @Ctx() { services }: ApiContext): Promise<RoomComment[]> {
    const comments = await services.normingRooms.readComments(image);
    return comments.map((comment) => ({ ...comment, member: pseudonymOf(comment.member) }));
  }
}

@Resolver(() => RoomDecision)
export class RoomDecisionResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "Who decided; null for a deleted account." })
  async decidedBy(@Root() { decidedById }: RoomDecisionView, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return decidedById === null ? null : loaders.user.load(decidedById);
  }
}

@Resolver(() => StudyType)
export class StudyRoomsResolver {
  @FieldResolver(() => [NormingRoomType], {
    complexity: statementCost,
    description: "Its norming rooms that the sender may open, oldest first.",
  })
  async normingRooms(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<readonly NormingRoomRecord[]> {
    return (await loaders.normingRoomsOfStudy.load(study.id)).open;
  }

  @FieldResolver(() => [ClosedRoom], {
    complexity: statementCost,
    description: "Its norming rooms that are closed to the sender until a vote of theirs is cast or revealed, oldest first.",
  })
  async closedRooms(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ClosedRoom[]> {
    return (await loaders.normingRoomsOfStudy.load(study.id)).closed;
  }
}

@Resolver(() => StudyImageType)
export class StudyImageDecisionsResolver {
  @FieldResolver(() => [RoomDecision], {
    description: "What norming rooms decided on it, in the order of rooms; none for images that are not counted. No vote is changed by it.",
  })
  async decisions(
    @Root() { studyId, role, index }: StudyImageRecord,
    @Ctx() { loaders, services }: ApiContext,
  ): Promise<RoomDecisionView[]> {
    if (role !== "COUNTED") return [];
    const decisions = (await loaders.decisionsOfStudy.load(studyId)).filter(({ imageIndex }) => imageIndex === index);
    return decisions.length === 0 ? [] : services.normingRooms.viewDecisions(studyId, decisions);
  }
}

@Resolver()
export class NormingRoomMutations {
  @Requires("normingRoom:create")
  @Mutation(() => CreateNormingRoomPayload, { description: "Opens a norming room for images of a study and members of the workspace." })
  createNormingRoom(
    @Arg("input", () => CreateNormingRoomInput, { description: "Input of `createNormingRoom`." }) input: CreateNormingRoomInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ normingRoom: NormingRoomRecord }>> {
    return resolvePayload("NormingRoomSuccess", async () => ({ normingRoom: await services.normingRooms.create(actor, input) }));
  }

  @Requires("normingRoom:changeMembers")
  @Mutation(() => ChangeRoomMembersPayload, {
    description:
      "Adds and removes members of a norming room while no image is revealed. A removed member's votes stay, and are no longer waited for.",
  })
  changeRoomMembers(
    @Arg("input", () => ChangeRoomMembersInput, { description: "Input of `changeRoomMembers`." }) input: ChangeRoomMembersInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ normingRoom: NormingRoomRecord }>> {
    return resolvePayload("NormingRoomSuccess", async () => ({ normingRoom: await services.normingRooms.changeMembers(actor, input) }));
  }

  @Requires("normingRoom:vote")
  @Mutation(() => CastRoomVotePayload, { description: "Votes on an image in a norming room." })
  castRoomVote(
    @Arg("input", () => CastRoomVoteInput, { description: "Input of `castRoomVote`." }) input: CastRoomVoteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.vote(actor, input));
  }

  @Requires("normingRoom:undoVote")
  @Mutation(() => UndoRoomVotePayload, {
    description:
      "Takes back the sender's vote on an image in a norming room: a blind vote until the reveal, a second vote until all have voted again.",
  })
  undoRoomVote(
    @Arg("input", () => UndoRoomVoteInput, { description: "Input of `undoRoomVote`." }) input: UndoRoomVoteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.undoVote(actor, input));
  }

  @Requires("normingRoom:reveal")
  @Mutation(() => RevealRoomImagePayload, {
    description:
      "Shows the blind votes and the machine's label to the room, once all members have voted; the member who leads may do so earlier.",
  })
  revealRoomImage(
    @Arg("input", () => RevealRoomImageInput, { description: "Input of `revealRoomImage`." }) input: RevealRoomImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.reveal(actor, input));
  }

  @Requires("normingRoom:comment")
  @Mutation(() => CommentOnRoomImagePayload, { description: "Adds a comment to the discussion of a revealed image." })
  commentOnRoomImage(
    @Arg("input", () => CommentOnRoomImageInput, { description: "Input of `commentOnRoomImage`." }) input: CommentOnRoomImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.comment(actor, input));
  }

  @Requires("normingRoom:startSecondRound")
  @Mutation(() => StartSecondRoundPayload, { description: "Lets members who voted blind on a revealed image vote again." })
  startSecondRound(
    @Arg("input", () => StartSecondRoundInput, { description: "Input of `startSecondRound`." }) input: StartSecondRoundInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.startSecondRound(actor, input));
  }

  @Requires("normingRoom:decide")
  @Mutation(() => DecideRoomImagePayload, {
    description: "Records the decision on a revealed image, by a person who did not vote on it in the room.",
  })
  decideRoomImage(
    @Arg("input", () => DecideRoomImageInput, { description: "Input of `decideRoomImage`." }) input: DecideRoomImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ImagePayload> {
    return imageSuccess(() => services.normingRooms.decide(actor, input));
  }
}
