/** Exports the revealed codes of a study's texts, with what settled disputes: the file `codes.csv` of a release. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { findRevealedTexts } from "@pareidolia/persistence/studies/textCodes/readTextCodes";
import { codeTable } from "@pareidolia/release/tables/codeTable";
import { policy } from "../policy/policy.ts";
import { auditExport } from "../study/auditExport.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";
import type { StudyShelf } from "../voting/studyShelf.ts";

interface CodeExportServiceOptions {
  readonly database: Database;
  readonly shelf: StudyShelf;
  readonly studies: StudyService;
}

export class CodeExportService {
  readonly #database: Database;
  readonly #shelf: StudyShelf;
  readonly #studies: StudyService;

  constructor({ database, shelf, studies }: CodeExportServiceOptions) {
    this.#database = database;
    this.#shelf = shelf;
    this.#studies = studies;
  }

  /** Yields the file in parts, beginning with its header. @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT for a draft. */
  async *export(actor: Actor, reference: string): AsyncGenerator<string, void> {
    const study = await this.#studies.getByReference(actor, reference, "study");
    policy.requireOwn(actor, "study:export", study);
    const { connection } = this.#database;
    await requireInspection(connection, actor, study);
    if (study.planText === null) throw new AppError("CONFLICT", "This study is a draft, and has no votes yet.");
    const { plan } = await this.#shelf.get(study.id);
    const texts = await findRevealedTexts(connection, study.id);
    await auditExport(this.#database, actor, study, { table: "codes", format: "csv", texts: texts.length });
    yield codeTable.header;
    for (const text of texts) yield codeTable.lines(plan, text);
  }
}
