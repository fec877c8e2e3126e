/**
 * The kinds of protocols, and the stored form of a protocol: a version, the kind's ID and its parameters. A new kind needs a file and a
 * line here.
 */
import { AppError } from "@pareidolia/core/appError";
import { type ParameterSpec, type Parameters, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { parseStoredKind } from "../storedKind.ts";
import { alternatives } from "./alternatives.ts";
import { confidenceRating } from "./confidenceRating.ts";
import { freeText } from "./freeText.ts";
import { pairwise } from "./pairwise.ts";
import type { AnswerUse, ProtocolKind } from "./protocolKind.ts";
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

/**
 * Whether an answer agrees with the label of the image. Null if the protocol does not define this, or "can't tell" counts as a missing
 * vote.
 */
export function agreesWithLabel(protocol: Protocol, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  if ("cantTell" in answer) return protocol.values.cantTell === "disagreement" ? false : null;
  return kindOf(protocol).agrees(protocol.values, planned, answer);
}

/** Whether an answer to a gold image is right; "can't tell" is not. Null if the protocol does not define this. */
export function passesGold(protocol: Protocol, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  return "cantTell" in answer ? false : kindOf(protocol).agrees(protocol.values, planned, answer);
}

/** Whether an answer to an image of noise shows attention; "can't tell" does. Null if the protocol does not define this. */
export function passesNoise(protocol: Protocol, answer: Answer): boolean | null {
  return "cantTell" in answer ? true : kindOf(protocol).passesNoise(answer);
}

/** Why answers do not have this use, as a sentence for the page; null if they have it. */
export function whyWithout(protocol: Protocol, use: AnswerUse): string | null {
  return kindOf(protocol).withoutUses?.(protocol.values)[use] ?? null;
}

/** Whether choices between images of one label rank them. */
export function ranksImages(protocol: Protocol): boolean {
  return kindOf(protocol).ranksImages?.(protocol.values) ?? false;
}
