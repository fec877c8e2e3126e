/**
 * The kinds of protocols, and the stored form of a protocol: a version, the kind's ID and its parameters. A new kind needs a file and a
 * line here.
 */
import { AppError } from "@pareidolia/core/appError";
import { type ParameterSpec, type Parameters, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import type { Random } from "@pareidolia/core/random";
import { parseStoredKind } from "../storedKind.ts";
import { alternatives } from "./alternatives.ts";
import { confidenceRating } from "./confidenceRating.ts";
import { freeText } from "./freeText.ts";
import { pairwise } from "./pairwise.ts";
import type { AnswerUse, ProtocolKind, Sight } from "./protocolKind.ts";
import { reverse } from "./reverse.ts";
import type { Answer, PlannedScreen, Screen, ScreenRequest } from "./screen.ts";
import { yesNo } from "./yesNo.ts";

const kinds = { yesNo, freeText, alternatives, reverse, confidenceRating, pairwise };

type Kinds = typeof kinds;
export type ProtocolKindId = keyof Kinds;

type SpecsOf<Kind> = Kind extends ProtocolKind<string, infer Specs> ? Specs : never;

/** The version of stored protocols. A change of their meaning needs a new one. */
export const protocolVersion = 1;

/** A protocol with the values of all parameters. */
export type Protocol<Id extends ProtocolKindId = ProtocolKindId> = {
  readonly [Kind in Id]: {
    readonly version: typeof protocolVersion;
    readonly kind: Kind;
    readonly values: ParameterValues<SpecsOf<Kinds[Kind]>>;
  };
}[Id];

export const protocolKinds = Object.values(kinds);

/** A kind without the types of its parameters: `protocol.values` are those of `protocol.kind`, which `resolveProtocol` ensures. */
type AnyKind = ProtocolKind<ProtocolKindId, readonly ParameterSpec[]>;

function kindOf(protocol: Protocol): AnyKind {
  return kinds[protocol.kind] as unknown as AnyKind;
}

/**
 * A protocol from the values of a form or a template; missing values get their defaults.
 * @throws AppError INVALID_INPUT for an unknown kind, or an unknown or invalid parameter.
 */
export function resolveProtocol<Id extends ProtocolKindId>(kind: Id, given: Readonly<Record<string, unknown>>): Protocol<Id> {
  if (!Object.hasOwn(kinds, kind))
    throw new AppError("INVALID_INPUT", `Unknown protocol "${kind}". Known: ${Object.keys(kinds).join(", ")}.`, { field: "kind" });
  const values: Parameters = resolveParameters(kinds[kind].parameters as readonly ParameterSpec[], given);
  return { version: protocolVersion, kind, values } as unknown as Protocol<Id>;
}

/** Reads a stored protocol. @throws AppError CORRUPT_DATA saying what is wrong with it. */
export function parseProtocol(document: unknown): Protocol {
  return parseStoredKind(document, {
    name: "protocol",
    version: protocolVersion,
    resolve: (kind, values): Protocol => resolveProtocol(kind as ProtocolKindId, values),
  });
}

/** Probability that a guess agrees with the machine; null if the question has no right answer. */
export function chanceOf(protocol: Protocol): number | null {
  return kindOf(protocol).chance(protocol.values);
}

export function showsLabels(protocol: Protocol): boolean {
  return kindOf(protocol).showsLabels;
}

/** Whether the question names a label. */
export function namesLabel(protocol: Protocol): boolean {
  return kindOf(protocol).namesLabel?.(protocol.values) ?? false;
}

/** @throws AppError INVALID_INPUT if the study has too few images or labels. */
export function planScreens(protocol: Protocol, request: ScreenRequest): readonly PlannedScreen[] {
  return kindOf(protocol).plan(protocol.values, request);
}

/** Reads a voter's answer from JSON. @throws AppError INVALID_INPUT saying what the answer must be. */
export function readAnswer(protocol: Protocol, screen: Screen, value: unknown): Answer {
  const cantTell = typeof value === "object" && value !== null && (value as { cantTell?: unknown }).cantTell === true;
  if (!cantTell) return kindOf(protocol).readAnswer(protocol.values, screen, value);
  if (protocol.values.cantTell === "notOffered")
    throw new AppError("INVALID_INPUT", `This study does not offer "can't tell".`, { field: "cantTell" });
  return { cantTell: true };
}

function agreesOf(protocol: Protocol, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  return kindOf(protocol).agrees?.(protocol.values, planned, answer) ?? null;
}

/**
 * Whether an answer agrees with the label of the image. Null if the protocol does not define this, or "can't tell" counts as a missing
 * vote.
 */
export function agreesWithLabel(protocol: Protocol, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  if ("cantTell" in answer) return protocol.values.cantTell === "disagreement" ? false : null;
  return agreesOf(protocol, planned, answer);
}

/** Whether an answer to a gold image is right; "can't tell" is not. Null if the protocol does not define this. */
export function passesGold(protocol: Protocol, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  return "cantTell" in answer ? false : agreesOf(protocol, planned, answer);
}

/**
 * Whether an answer to an image of noise shows attention; "can't tell" does. Null if no answer to this question can show it: where a label
 * must be chosen, choosing one says nothing about attention.
 */
export function passesNoise(protocol: Protocol, answer: Answer): boolean | null {
  if ("cantTell" in answer) return true;
  return canPassNoise(protocol) ? (kindOf(protocol).passesNoise?.(protocol.values, answer) ?? false) : null;
}

/**
 * Whether the answer to a counted trial counts as a vote. Skipped trials do not, nor does "can't tell" where the protocol calls that a
 * missing vote. Votes that count need not agree or disagree with a label: texts do neither.
 */
export function countsAsVote(protocol: Protocol, answer: Answer | null): boolean {
  return answer !== null && !("cantTell" in answer && protocol.values.cantTell === "missing");
}

/** The answer of a simulated voter. Someone who recognises nothing says so if the question permits it. */
export function respond(protocol: Protocol, planned: Pick<PlannedScreen, "options" | "target">, sight: Sight, random: Random): Answer {
  const saysNothing = sight === "nothing" && kindOf(protocol).passesNoise === undefined;
  if (saysNothing && protocol.values.cantTell !== "notOffered") return { cantTell: true };
  return kindOf(protocol).respond(protocol.values, planned, saysNothing ? "guess" : sight, random);
}

/** Whether the question has its own answer for images in which nothing can be recognised, other than "can't tell". */
export function hasAnswerToNoise(protocol: Protocol): boolean {
  return kindOf(protocol).passesNoise !== undefined;
}

/** Whether the protocol has right answers, so that gold images can test voters. */
export function canPassGold(protocol: Protocol): boolean {
  return kindOf(protocol).agrees !== undefined;
}

/** Whether an answer to an image of noise can show attention. */
export function canPassNoise(protocol: Protocol): boolean {
  return protocol.values.cantTell !== "notOffered" || kindOf(protocol).passesNoise !== undefined;
}

export function protocolLabel(protocol: Protocol): string {
  return kindOf(protocol).label;
}

/**
 * Why answers do not have this use, as a sentence for the page; null if they have it.
 * @param coded whether researchers have coded all texts among the answers. Default: no.
 */
export function whyWithout(protocol: Protocol, use: AnswerUse, coded = false): string | null {
  return kindOf(protocol).withoutUses?.(protocol.values, coded)[use] ?? null;
}

/** How answers measure sensitivity; null if they do not. */
export function detectionOf(protocol: Protocol): "yesNo" | "forcedChoice" | null {
  return kindOf(protocol).detection?.(protocol.values) ?? null;
}

/** Whether voters may answer "can't tell". */
export function offersCantTell({ values }: Protocol): boolean {
  return values.cantTell !== "notOffered";
}

/** Whether choices between images of one label rank them. */
export function ranksImages(protocol: Protocol): boolean {
  return kindOf(protocol).ranksImages?.(protocol.values) ?? false;
}

/** Whether answers agree with labels only by the codes that researchers give them. */
export function needsCoding(protocol: Protocol): boolean {
  return whyWithout(protocol, "agreement") !== null && whyWithout(protocol, "agreement", true) === null;
}
