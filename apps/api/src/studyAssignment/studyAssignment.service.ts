/** Assigns counted images of a study to members, who get them before others when they join. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { assignStudyImages, findStudyAssignments, type StudyAssignmentRecord } from "@pareidolia/persistence/norming/assignments";
import type { StudyRecord } from "@pareidolia/persistence/studies/readStudies";
import { countStudyImages } from "@pareidolia/persistence/studies/studyImages";
import { readMembers } from "../normingRoom/readMembers.ts";
import { policy } from "../policy/policy.ts";
import type { StudyService } from "../study/study.service.ts";
import { type AssignStudyImagesInput, mostImages } from "./studyAssignment.type.ts";

const mostMembers = 100;
/** More than any study has. */
const mostCounted = 100_000;

export class StudyAssignmentService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor(options: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = options.database;
    this.#studies = options.studies;
  }

  /** Of a study, by member. @throws AppError FORBIDDEN. */
  list(actor: Actor, study: StudyRecord): Promise<StudyAssignmentRecord[]> {
    policy.require(actor, "study:assign", study);
    return findStudyAssignments(this.#database.connection, study.id);
  }

  /** @throws AppError CONFLICT for a study that takes no votes, and for a member who has joined it. */
  async assign(actor: Actor, input: AssignStudyImagesInput): Promise<StudyAssignmentRecord[]> {
    const study = await this.#studies.getByReference(actor, input.studyId, "input.studyId");
    policy.requireOwn(actor, "study:assign", study);
    const { connection } = this.#database;
    const images = [...new Set(input.images)].sort((a, b) => a - b);
    if (images.length > mostImages)
      throw new AppError("INVALID_INPUT", `Assign at most ${mostImages} images at once.`, { field: "input.images" });
    const counted = await countStudyImages({ connection, most: mostCounted }, { studyId: study.id, role: "COUNTED" });
    if (images.some((index) => index < 0 || index >= counted))
      throw new AppError("INVALID_INPUT", `The study's counted images are numbered from 0 to ${counted - 1}.`, { field: "input.images" });
    const field = "input.memberIds";
    if (input.memberIds.length < 1 || input.memberIds.length > mostMembers)
      throw new AppError("INVALID_INPUT", `Choose from 1 to ${mostMembers} members.`, { field });
    const userIds = await readMembers(connection, { actor, references: input.memberIds, action: "vote:cast", field });
    await this.#database.transaction(async (transaction) => {
      await assignStudyImages(transaction, { studyId: study.id, userIds, images, assignedById: actor.userId });
      const subject = { subjectType: "Study", subjectId: study.id, subjectName: `STU-${study.number}` };
      await appendAuditEntry(transaction.connection, actor, {
        action: "study:assign",
        ...subject,
        before: null,
        after: { userIds, images },
      });
    });
    return findStudyAssignments(connection, study.id);
  }
}
