/** Assigns counted images of a study to members, who get them before others when they join. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { assignStudyImages, findStudyAssignments, type StudyAssignmentRecord } from "@pareidolia/persistence/studies/norming/assignments";
import { countAwaitingImages } from "@pareidolia/persistence/studies/norming/awaitingImages";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { countStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import { readMembers } from "../normingRoom/readMembers.ts";
import { policy, rolesOf } from "../policy/policy.ts";
import type { StudyService } from "../study/study.service.ts";
import { type AssignStudyImagesInput, maxAssigned } from "./studyAssignment.type.ts";

const maxMembers = 100;
/** More than any study has. */
const maxCounted = 100_000;

export class StudyAssignmentService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor(options: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = options.database;
    this.#studies = options.studies;
  }

  /** The members who may vote in a study, and others with an assignment, by name. @throws AppError FORBIDDEN. */
  list(actor: Actor, study: StudyRecord): Promise<StudyAssignmentRecord[]> {
    policy.require(actor, "study:assign", study);
    return findStudyAssignments(this.#database.connection, { studyId: study.id, roles: rolesOf("vote:cast") });
  }

  /** For each study, the number of images that are assigned to the actor and await answers; 0 for actors who may not vote as members. */
  async countAwaiting(actor: Actor, studyIds: readonly string[]): Promise<number[]> {
    if (actor.workspaceId === null || !policy.grants(actor, "vote:cast")) return studyIds.map(() => 0);
    return countAwaitingImages(this.#database.connection, { studyIds, userId: actor.userId });
  }

  /** @throws AppError CONFLICT for a study that takes no votes, and for a member who has joined it. */
  async assign(actor: Actor, input: AssignStudyImagesInput): Promise<StudyAssignmentRecord[]> {
    const study = await this.#studies.getByReference(actor, input.studyId, "input.studyId");
    policy.requireOwn(actor, "study:assign", study);
    const { connection } = this.#database;
    if (input.assignments.length < 1 || input.assignments.length > maxMembers)
      throw new AppError("INVALID_INPUT", `Choose from 1 to ${maxMembers} members.`, { field: "input.assignments" });
    const counted = await countStudyImages({ connection, most: maxCounted }, { studyId: study.id, role: "COUNTED" });
    const images = input.assignments.map((given, index) => readImages(given.images, counted, `input.assignments.${index}.images`));
    const references = input.assignments.map(({ memberId }) => memberId);
    const userIds = await readMembers(connection, { actor, references, action: "vote:cast", field: "input.assignments" });
    if (userIds.length < references.length)
      throw new AppError("INVALID_INPUT", "Give the images of each member once.", { field: "input.assignments" });
    const assignments = userIds.map((userId, index) => ({ userId, images: images[index] ?? [] }));
    await this.#database.transaction(async (transaction) => {
      const before = await assignStudyImages(transaction, { studyId: study.id, assignments, assignedById: actor.userId });
      const subject = { subjectType: "Study", subjectId: study.id, subjectName: `STU-${study.number}` };
      await appendAuditEntry(transaction.connection, actor, {
        action: "study:assign",
        ...subject,
        before: { assignments: before },
        after: { assignments },
      });
    });
    return this.list(actor, study);
  }
}

/** Distinct indices in ascending order. @throws AppError INVALID_INPUT. */
function readImages(given: readonly number[], counted: number, field: string): number[] {
  const images = [...new Set(given)].sort((a, b) => a - b);
  if (images.length > maxAssigned) throw new AppError("INVALID_INPUT", `Assign at most ${maxAssigned} images to a member.`, { field });
  if (images.some((index) => index < 0 || index >= counted))
    throw new AppError("INVALID_INPUT", `The study's counted images are numbered from 0 to ${counted - 1}.`, { field });
  return images;
}
