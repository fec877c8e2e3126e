/**
 * Carries a mutation out once for each idempotency key: a second request with the key gets the first answer, and one with another input is a
 * conflict. A key belongs to its sender, workspace and mutation, and expires after 24 hours.
 *
 * Answers may contain secrets, such as a new API key. They are encrypted with the idempotency key, and the database has only its hash.
 * Clients may choose keys that are easy to guess, so encryption and hash also depend on the installation's secret, if there is one.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { claimFirstAnswer, keepFirstAnswer, keepInput, releaseFirstAnswer } from "@pareidolia/persistence/server/firstAnswers/firstAnswers";
import { senderOf } from "../http/senderOf.ts";

export interface KeyedMutation {
  readonly name: string;
  readonly idempotencyKey: string;
  /** Without the key. */
  readonly input: unknown;
}

/** Payloads are plain objects with the name of their type. */
export interface Answer {
  readonly __typename: string;
}

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;
/** Milliseconds between two checks on a mutation that another request runs: the statements count towards this operation's limit. */
const pauses = [25, 50, 100, 200, 400, 800, 1_600, 3_200] as const;

/** Inputs that differ only in the order of an object's fields are the same input. */
function canonical(value: unknown): unknown {
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, canonical(each)]),
  );
}

function encrypt(answer: Answer, key: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce);
  const text = Buffer.concat([cipher.update(serialize(answer)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function decrypt(bytes: Uint8Array, key: Buffer): Answer {
  const text = nonceLength + tagLength;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength));
  decipher.setAuthTag(bytes.subarray(nonceLength, text));
  return deserialize(Buffer.concat([decipher.update(bytes.subarray(text)), decipher.final()])) as Answer;
}

function without(answer: Answer, names: readonly string[]): Answer {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !names.includes(name))) as unknown as Answer;
}

function refuseOtherInput(name: string, field: string): AppError {
  return new AppError("CONFLICT", `This idempotency key belongs to an earlier \`${name}\` with another input. Send a new key.`, { field });
}

export class FirstAnswerService {
  readonly #database: Database;
  readonly #secret: string;

  /** @param options `secret` is the installation's secret; null for a single user. */
  constructor({ database, secret }: { readonly database: Database; readonly secret: string | null }) {
    this.#database = database;
    this.#secret = secret ?? "";
  }

  /**
   * `carryOut` may throw or answer with an error of its payload: nothing has changed then, and the key stays free.
   * @param mutation `notKept` names fields of the answer that are not kept.
   * @throws AppError CONFLICT for another input, or a first request that takes too long.
   */
  async answerOnce(
    actor: Actor,
    { notKept, ...mutation }: KeyedMutation & { readonly notKept: readonly string[] },
    carryOut: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly isFirst: boolean }> {
    const { connection } = this.#database;
    const field = "input.idempotencyKey";
    const request = this.#describe(actor, mutation);
    const key = this.#encryptionKey(request.id, mutation.idempotencyKey);
    for (const pause of [...pauses, null]) {
      const earlier = await claimFirstAnswer(connection, request);
      if (earlier === null) {
        const answer = await carryOut().catch(async (error: unknown) => {
          await releaseFirstAnswer(connection, request);
          throw error;
        });
        if (answer.__typename.endsWith("Error")) await releaseFirstAnswer(connection, request);
        else await keepFirstAnswer(connection, request, encrypt(without(answer, notKept), key));
        return { answer, isFirst: true };
      }
      if (earlier.inputHash !== request.inputHash) throw refuseOtherInput(mutation.name, field);
      if (earlier.answer !== null) return { answer: decrypt(earlier.answer, key), isFirst: false };
      if (pause !== null) await wait(pause);
    }
    throw new AppError("CONFLICT", "An earlier request with this idempotency key is still being carried out. Send it again later.", {
      field,
    });
  }

  /**
   * For a mutation that stores its key with what it creates, so that a repeated request may be carried out again.
   * @param mutation `field` is the path of its key.
   * @throws AppError CONFLICT for another input.
   */
  async requireSameInput(
    actor: Actor,
    { field, ...mutation }: KeyedMutation & { readonly field: string },
    carryOut: () => Promise<Answer>,
  ): Promise<Answer> {
    const { connection } = this.#database;
    const request = this.#describe(actor, mutation);
    const kept = await keepInput(connection, request);
    if (kept === "other") throw refuseOtherInput(mutation.name, field);
    const release = async (): Promise<void> => {
      if (kept === "first") await releaseFirstAnswer(connection, request);
    };
    const answer = await carryOut().catch(async (error: unknown) => {
      await release();
      throw error;
    });
    if (answer.__typename.endsWith("Error")) await release();
    return answer;
  }

  #describe(actor: Actor, { name, idempotencyKey, input }: KeyedMutation) {
    // With the role, because the stored answer is returned without checking the policy again.
    const id = this.#hashOf(senderOf(actor), actor.workspaceId ?? "", actor.role, name, idempotencyKey);
    // With the key, since an input may have a secret that is short enough to guess from a hash.
    return { id, claim: randomUUID(), inputHash: this.#hashOf(idempotencyKey, JSON.stringify(canonical(input))) };
  }

  #hashOf(...parts: readonly string[]): string {
    return createHmac("sha256", this.#secret).update(JSON.stringify(parts)).digest("hex");
  }

  #encryptionKey(id: string, idempotencyKey: string): Buffer {
    return Buffer.from(hkdfSync("sha256", JSON.stringify([this.#secret, idempotencyKey]), id, "first answer", 32));
  }
}
