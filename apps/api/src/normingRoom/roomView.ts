/** A norming room's images as one user may see them. */
import type { CoefficientInterval } from "@pareidolia/perception/agreement/coefficient";
import type { RoomAgreement as Agreement } from "@pareidolia/perception/norming/roomAgreement";
import { roomOptions } from "@pareidolia/perception/norming/roomOptions";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type {
  NormingDecisionRecord,
  NormingImageRecord,
  NormingRoomRecord,
  NormingVoteRecord,
} from "@pareidolia/persistence/studies/norming/readRooms";
import { shownTo } from "../voting/ballot.ts";
import type { ShelvedStudy } from "../voting/studyShelf.ts";
import type { RoomAgreement, RoomClass, RoomCoefficient, RoomDecision, RoomImage, RoomVote } from "./normingRoom.type.ts";

/** The member's name in the room, which is unrelated to the voters of the study. */
export function pseudonymOf(number: number): string {
  return `M-${String(number + 1).padStart(2, "0")}`;
}

export function classOf({ plan, labelPlaces }: ShelvedStudy, label: number): RoomClass {
  return { label, name: namesOf(plan)[labelPlaces.get(label) ?? -1] ?? String(label) };
}

export function classesOf(study: ShelvedStudy): readonly RoomClass[] {
  return study.plan.rules.design.labels.map((label) => classOf(study, label));
}

function namesOf({ labelNames, languages }: StudyPlan): readonly string[] {
  return labelNames[languages[0] ?? ""] ?? [];
}

export interface RoomParts {
  readonly room: NormingRoomRecord;
  readonly study: ShelvedStudy;
  /** Whether the user may reveal early and start second rounds. */
  readonly leads: boolean;
  readonly votes: readonly NormingVoteRecord[];
  readonly decisions: readonly NormingDecisionRecord[];
}

export type RoomDecisionView = RoomDecision & Pick<NormingDecisionRecord, "decidedById">;

export function viewDecision(study: ShelvedStudy, decision: NormingDecisionRecord & { readonly room: number }): RoomDecisionView {
  return { ...decision, choice: decision.label === null ? null : classOf(study, decision.label) };
}

export interface RoomImageView extends Omit<RoomImage, "decision"> {
  readonly room: NormingRoomRecord;
  readonly decision: RoomDecisionView | null;
}

export function viewImage({ room, study, leads, votes, decisions }: RoomParts, image: NormingImageRecord): RoomImageView {
  const { place, state, firstVotes, memberVotes, secondVotes, commentCount, label, confidence, imageIndex, imageSha256 } = image;
  const choiceOf = (of: number | null): RoomClass | null => (of === null ? null : classOf(study, of));
  const visible = votes.filter((vote) => vote.place === place);
  const own = visible.filter(({ member }) => member === room.votedAs);
  const decision = decisions.find((each) => each.place === place);
  const { plan } = study;
  const stimulus = plan.rules.design.stimuli[imageIndex];
  const options =
    stimulus === undefined ? [] : roomOptions({ labels: plan.rules.design.labels, stimulus, index: imageIndex, seed: plan.seed });
  const isDiscussed = state === "REVEALED" || state === "VOTING_AGAIN";
  return {
    room,
    place,
    state,
    ...shownTo(room, study, study.imageOf("COUNTED", imageSha256)),
    firstVotes,
    memberVotes,
    secondVotes,
    commentCount,
    machine: choiceOf(label),
    confidence,
    votes: visible.map(({ member, round, label: of }): RoomVote => ({ member: pseudonymOf(member), round, choice: choiceOf(of) })),
    decision: decision === undefined ? null : viewDecision(study, { ...decision, room: room.number }),
    options: options.map((option) => classOf(study, option)),
    roundToVote: roundToVote(room, state, own),
    roundToUndo: roundToUndo(room, image, own),
    mayReveal: state === "BLIND" && firstVotes > 0 && (leads || memberVotes === room.memberCount),
    mayStartSecondRound: state === "REVEALED" && leads,
    mayComment: isDiscussed && room.ownNumber !== null,
    mayDecide: isDiscussed && own.length === 0,
  };
}

function roundToVote(
  { ownNumber }: NormingRoomRecord,
  state: NormingImageRecord["state"],
  own: readonly NormingVoteRecord[],
): 1 | 2 | null {
  if (ownNumber === null) return null;
  const hasVoted = (round: 1 | 2): boolean => own.some((vote) => vote.round === round);
  if (state === "BLIND") return hasVoted(1) ? null : 1;
  return state === "VOTING_AGAIN" && hasVoted(1) && !hasVoted(2) ? 2 : null;
}

/** Of the second votes, the last one shows them all. */
function roundToUndo(
  { ownNumber }: NormingRoomRecord,
  { state, memberVotes, secondVotes }: NormingImageRecord,
  own: readonly NormingVoteRecord[],
): 1 | 2 | null {
  const round = state === "BLIND" ? 1 : state === "VOTING_AGAIN" && secondVotes < memberVotes ? 2 : null;
  return ownNumber !== null && own.some((vote) => vote.round === round) ? round : null;
}

export function agreementOf({ blind, blindOnSameImages, again }: Agreement): RoomAgreement {
  return { blind: coefficientOf(blind), blindOnSameImages: coefficientOf(blindOnSameImages), again: coefficientOf(again) };
}

function coefficientOf(coefficient: CoefficientInterval): RoomCoefficient {
  if (!coefficient.defined) {
    const { estimate = null, items: images = 0, votes = 0, reason } = coefficient;
    return { estimate, low: null, high: null, images, votes, reason };
  }
  const { estimate, low, high, items: images, votes } = coefficient;
  return { estimate, low, high, images, votes, reason: null };
}
