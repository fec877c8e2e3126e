/**
 * Finds the study and the voter of a request, and checks that its sender may vote there: members of the workspace by their role, and
 * every visitor with the study's link. The session of a voter who joined by the link proves that the sender had it.
 */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import {
  type BallotStudyRecord,
  findBallotStudy,
  findStudyToWithdraw,
  findVoterByCode,
  findVoterBySession,
  findVoterOfUser,
  type VoterRecord,
} from "@pareidolia/persistence/studies/voting/readVoters";
import { parseReferenceTo } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import type { SharedResource } from "../policy/resource.ts";
import { hashSecret, isSession, readCode } from "./voterSecrets.ts";

/** How a request names a study, and who sends it. */
export interface BallotAddress {
  /** ID, or key such as STU-12. */
  readonly study?: string | null | undefined;
  readonly link?: string | null | undefined;
  readonly session?: string | null | undefined;
}

export interface FoundBallot {
  readonly study: BallotStudyRecord;
  /** Of the session, or of the signed-in member; null before joining. */
  readonly voter: VoterRecord | null;
}

const noStudy = (): AppError => new AppError("NOT_FOUND", "There is no such study, or its link is incomplete.");
const noSession = (): AppError =>
  new AppError("NOT_FOUND", "This session is unknown: its votes were withdrawn, or it belongs to another study or person.");
const formOfLink = /^[A-Za-z0-9_-]{22}$/;

/**
 * The resource of the policy's action. The rows of a study are shared with those who hold its link, as those of an experiment are with
 * those who hold the experiment's.
 */
function resourceOf({ id, workspaceId, createdById }: BallotStudyRecord, holdsLink: boolean): SharedResource {
  return { workspaceId, createdById, experimentId: id, visibility: holdsLink ? "PUBLIC" : "PRIVATE" };
}

/** Whether the actor votes as a member of the study's workspace; all others vote without an account. */
export function isMemberOf(actor: Actor, study: BallotStudyRecord): actor is MemberActor {
  return policy.isOwn(actor, study) && policy.grants(actor, "vote:cast");
}

export class BallotAccess {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError NOT_FOUND, or as the policy. */
  async find(actor: Actor, address: BallotAddress): Promise<FoundBallot> {
    const { connection } = this.#database;
    const bySession = await this.#findBySession(actor, address.session);
    const study = await this.#findStudy(actor, address, { voter: bySession, find: findBallotStudy });
    if (bySession !== null && bySession.studyId !== study.id) throw noSession();
    const holdsLink = study.linkToken !== null && (address.link === study.linkToken || bySession?.userId === null);
    policy.require(actor, "vote:cast", resourceOf(study, holdsLink));
    if (bySession !== null || !isMemberOf(actor, study)) return { study, voter: bySession };
    return { study, voter: await findVoterOfUser(connection, { studyId: study.id, userId: actor.userId }) };
  }

  /**
   * The voter who withdraws: that of the code, of the session, or the signed-in user. A voter may withdraw whatever happened since to the
   * study, its workspace or the voter's role. @throws AppError NOT_FOUND, or as the policy.
   */
  async findToWithdraw(actor: Actor, address: BallotAddress & { readonly code?: string | null | undefined }): Promise<VoterRecord> {
    const bySession = await this.#findBySession(actor, address.session);
    const study = await this.#findStudy(actor, address, { voter: bySession, find: findStudyToWithdraw });
    const voter = await this.#findOwn(actor, study.id, { code: address.code, bySession });
    const holdsLink = study.linkToken !== null && address.link === study.linkToken;
    policy.require(actor, "vote:cast", resourceOf(study, holdsLink || voter !== null));
    if (voter === null) throw new AppError("NOT_FOUND", "No voter of this study has this code. Its votes may have been withdrawn before.");
    if (voter.studyId !== study.id) throw noSession();
    return voter;
  }

  async #findOwn(
    { userId }: Actor,
    studyId: string,
    { code, bySession }: { readonly code: string | null | undefined; readonly bySession: VoterRecord | null },
  ): Promise<VoterRecord | null> {
    const { connection } = this.#database;
    if (code != null) {
      const read = readCode(code);
      return read === null ? null : findVoterByCode(connection, { studyId, withdrawalHash: hashSecret(read) });
    }
    if (bySession !== null || userId === null) return bySession;
    return findVoterOfUser(connection, { studyId, userId });
  }

  /** The session of a member works only for that member. */
  async #findBySession({ userId }: Actor, session: string | null | undefined): Promise<VoterRecord | null> {
    if (session == null) return null;
    const voter = isSession(session) ? await findVoterBySession(this.#database.connection, hashSecret(session)) : null;
    if (voter === null || (voter.userId !== null && voter.userId !== userId)) throw noSession();
    return voter;
  }

  async #findStudy(
    actor: Actor,
    { study, link }: BallotAddress,
    { voter, find }: { readonly voter: VoterRecord | null; readonly find: typeof findBallotStudy },
  ): Promise<BallotStudyRecord> {
    const { connection } = this.#database;
    const reference = study == null ? null : parseReferenceTo("Study", study, "study");
    const isNamed = (found: BallotStudyRecord): boolean =>
      reference === null || ("number" in reference ? reference.number === found.number : reference.id === found.id);
    let found: BallotStudyRecord | null = null;
    if (link != null) found = formOfLink.test(link) ? await find(connection, { linkToken: link }) : null;
    else if (voter !== null) found = await find(connection, { id: voter.studyId });
    else if (reference === null) throw new AppError("INVALID_INPUT", "Name a study by its ID or key, its link, or a session.");
    else if ("number" in reference) found = await find(connection, { scope: policy.scope(actor, "vote:cast"), number: reference.number });
    else found = await find(connection, { id: reference.id });
    if (found === null) throw noStudy();
    if (!isNamed(found)) throw voter === null ? noStudy() : noSession();
    return found;
  }
}
