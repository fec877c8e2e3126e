/** Copies of a finished run with other seeds, presets, tags and results, written to the database: a workspace with many runs in a second. */
import { randomUUID } from "node:crypto";
import { Prisma } from "@pareidolia/persistence/generated/client";
import { withRunningSystem } from "./runningSystem.ts";

/** The presets of the copies and how many of ten copies have each; the copied run keeps its own. */
const presets = ["released-code", "released-code", "released-code", "released-code", "released-code", "coarse", "coarse", "coarse", "fine"];

interface Copies {
  readonly runKey: string;
  readonly count: number;
  /** Two of three copies have this tag, and the copied run. */
  readonly tag: string;
}

/** Medians are between 0.5 and 0.995, and highest with the preset "fine". Every tenth copy has the preset of the copied run. */
export async function copyRun({ runKey, count, tag }: Copies): Promise<void> {
  await withRunningSystem(({ database }) =>
    database.transaction(async ({ connection }) => {
      const run = await connection.run.findFirstOrThrow({ where: { number: Number(runKey.slice("RUN-".length)) } });
      const { workspaceId, plan, parameters, framing, manifest, idempotencyKey: _key, ...values } = run;
      const { method: _method, plannedResults: _planned, foundText: _text, ...row } = values;
      const { lastRunNumber } = await connection.workspace.update({
        where: { id: workspaceId },
        data: { lastRunNumber: { increment: count } },
      });
      const json = (value: Prisma.JsonValue) => value as Prisma.InputJsonObject;
      const copies = Array.from({ length: count }, (_, i) => {
        const preset = presets[i % (presets.length + 1)] ?? run.preset;
        return {
          ...row,
          workspaceId,
          plan: json(plan),
          parameters: json(parameters),
          framing: json(framing),
          manifest: manifest === null ? Prisma.DbNull : json(manifest),
          origin: Prisma.DbNull,
          id: randomUUID(),
          number: lastRunNumber - count + 1 + i,
          seed: i + 2,
          preset,
          median: 1 - 10 ** -(0.3 + (i % 7) / 10 + (preset === "fine" ? 1.4 : preset === "coarse" ? 0.6 : 0)),
        };
      });
      await connection.run.createMany({ data: copies });
      const { id: tagId } = await connection.tag.upsert({
        where: { workspaceId_name: { workspaceId, name: tag } },
        create: { id: randomUUID(), workspaceId, name: tag },
        update: {},
      });
      const tagged = [run, ...copies.filter((_, i) => i % 3 > 0)];
      await connection.runTag.createMany({ data: tagged.map(({ id }) => ({ runId: id, tagId })) });
    }),
  );
}
