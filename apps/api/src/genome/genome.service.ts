/** Reads genomes, and their contents as JSON documents from which their images can be redrawn. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { getEncoding } from "@pareidolia/encodings/registry";
import {
  countGenomes,
  findGenomes,
  findInlineGenomeBytes,
  type GenomeRecord,
  listGenomes,
} from "@pareidolia/persistence/lab/genomes/readGenomes";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { genomeKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";

export interface GenomeServiceOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly runs: RunService;
}

const byBirth: CursorShape = { name: "genomes.birth", values: ["integer", "integer"] };
const byCreation: CursorShape = { name: "genomes.createdAt", values: ["time", "text"] };

export class GenomeService {
  readonly #options: GenomeServiceOptions;

  constructor(options: GenomeServiceOptions) {
    this.#options = options;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(GenomeRecord | null)[]> {
    return policy.only(actor, "genome:read", await findGenomes(this.#options.database.connection, ids));
  }

  /** A genome by its global ID, with its run. @throws AppError INVALID_INPUT for another kind of ID; NOT_FOUND. */
  async getByReference(
    actor: Actor,
    reference: string,
  ): Promise<{ readonly genome: GenomeRecord; readonly run: RunRecord; readonly isOwn: boolean }> {
    const [genome] = await this.load(actor, [parseIdOf("Genome", reference, "id")]);
    if (genome == null) throw new AppError("NOT_FOUND", "There is no such genome.", { field: "id" });
    const [run] = await this.#options.runs.load(actor, [genome.runId]);
    if (run == null) throw new AppError("NOT_FOUND", "There is no such genome.", { field: "id" });
    return { genome, run, isOwn: policy.isOwn(actor, run) };
  }

  async list(actor: Actor, args: ConnectionArguments, runReference: string | null | undefined): Promise<Connection<GenomeRecord>> {
    const { database, runs } = this.#options;
    const run = runReference == null ? undefined : await runs.getReadable(actor, runReference, "filter.runId");
    const scope = run === undefined ? policy.scope(actor, "genome:read") : policy.scopeWithin(actor, "genome:read", run);
    const shape = runReference == null ? byCreation : byBirth;
    const page = readPage(args, shape);
    const filter = { scope, runId: run?.id };
    return toConnection(
      await listGenomes(database.connection, { filter, page }),
      shape,
      counterOf(database, (request) => countGenomes(request, filter)),
    );
  }

  /** The canonical bytes of each genome, from its row or from the object store. */
  async loadBytes(actor: Actor, genomes: readonly GenomeRecord[]): Promise<Uint8Array[]> {
    for (const genome of genomes) policy.require(actor, "genome:read", genome);
    const { database, objectStore } = this.#options;
    const ids = genomes.map(({ id }) => id);
    const inline = await findInlineGenomeBytes(database.connection, ids);
    return Promise.all(genomes.map(async ({ sha256 }, i) => inline[i] ?? (await objectStore.get(genomeKey(sha256)))));
  }

  /** The genome as a JSON document from which its image can be redrawn. */
  describe(actor: Actor, genome: GenomeRecord, { run, bytes }: { readonly run: RunRecord; readonly bytes: Uint8Array }): unknown {
    policy.require(actor, "genome:read", genome);
    const { width, height, channels } = genome.image;
    if (channels !== 1 && channels !== 3) throw new AppError("CORRUPT_DATA", "The image of a genome must have 1 or 3 channels.");
    const image = { width, height, channels } as const;
    const definition = getEncoding(genome.encoding);
    const names = new Set(definition.parameters.map((spec) => spec.name));
    const parameters = Object.fromEntries(Object.entries(run.parameters).filter(([name]) => names.has(name)));
    const encoding = definition.create(image, parameters);
    return { encoding: genome.encoding, image, parameters, genome: encoding.toJson(encoding.parse(bytes)) };
  }
}
