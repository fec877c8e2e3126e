import { readFileSync } from "node:fs";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ExportedVoter } from "@pareidolia/perception/study/trialRow";
import { csvHeader, csvLines, jsonLines, trialColumns } from "@pareidolia/perception/study/trialTable";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { describe, expect, it } from "vitest";
import { exportedVoters, trialsAsCsv } from "../../../support/exportTrials.ts";
import { readCsv } from "../../../support/readCsv.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { exportedStudy, simulatedStudy } from "../../../support/studyVotes.ts";

const timing = resolveParameters(timingSpecs, { imageMs: 250 });
const phases = [
  { protocol: resolveProtocol("freeText", {}), timing },
  { protocol: resolveProtocol("alternatives", { alternatives: 4, cantTell: "missing" }), timing },
];
const plan = studyPlan(withImageHashes(studyDesign(10, { phases, perVoter: { counted: 10, gold: 2, noise: 1, canaries: 1 } })));
const texts = ["=1+1", "+49 30", "-2", "-SUM(A1)", "@me", "\ttab", 'a "shell", or\na snail', "plain"];
const study = simulatedStudy(plan, {
  voters: 8,
  answer: ({ phase, options }, voter, random) =>
    phase === 0 ? { text: texts[voter] } : random.chance(0.1) ? { cantTell: true } : { choice: random.below(options.length) },
});
const rows = readCsv(trialsAsCsv(study));
const voters = exportedVoters(study);
const objects = voters
  .flatMap((voter) => [...jsonLines(exportedStudy(study), voter)])
  .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("the export of trials", () => {
  it("has one row for each vote, in order of voters and trials, with all columns", () => {
    expect(rows.length).toBe(study.votes.length);
    expect(csvHeader()).toBe(`${trialColumns.map(({ name }) => name).join(",")}\r\n`);
    expect(rows.map((row) => `${row["voter"]} ${row["trial"]}`)).toEqual(
      study.votes.map(({ voter, trial }) => `${pseudonymOf(voter)} ${trial + 1}`),
    );
    for (const row of rows) expect(Object.keys(row)).toEqual(trialColumns.map(({ name }) => name));
  });

  it("says the same as JSON lines", () => {
    const cell = (value: unknown): string => (value === null ? "" : typeof value === "string" ? value.trim() : JSON.stringify(value));
    for (const [index, row] of rows.entries())
      for (const { name } of trialColumns) expect(row[name]?.replace(/^'/, "").trim()).toBe(cell(objects[index]?.[name]).replace(/^'/, ""));
  });

  it("keeps texts as text in spreadsheets, and numbers as numbers", () => {
    const cells = texts.map(
      (_, voter) => rows.find((row) => row["voter"] === pseudonymOf(voter) && row["answer_text"] !== "")?.["answer_text"],
    );
    // The answers are stored without white space around them.
    expect(cells).toEqual(["'=1+1", "'+49 30", "-2", "'-SUM(A1)", "'@me", "tab", 'a "shell", or\na snail', "plain"]);
    for (const row of rows)
      for (const [name, value] of Object.entries(row)) expect(/^[=+@\t\r]/.test(value), `${name} ${value}`).toBe(false);
  });

  it("has the options of each trial in order, with the target, the foils and the answer among them", () => {
    const labels = plan.labelNames["en"] ?? [];
    for (const row of objects.filter(({ phase }) => phase === 2)) {
      const [options, foils] = [row["options"] as string[], row["foils"] as string[]];
      expect(options.length).toBe(4);
      const target = row["target_position"] as number | null;
      expect(foils).toEqual(options.filter((_, position) => position !== target));
      if (target !== null) expect(options[target]).toBe(row["machine_label"]);
      const chosen = row["answer_position"] as number | null;
      expect(row["answer_name"]).toBe(chosen === null ? null : options[chosen]);
      if (chosen !== null) expect(labels[plan.rules.design.labels.indexOf(row["answer_class"] as number)]).toBe(row["answer_name"]);
      if (row["role"] === "counted") expect(row["agrees"]).toBe(chosen === null ? null : chosen === target);
    }
    const noise = objects.filter(({ role, phase }) => role === "noise" && phase === 2);
    expect(noise.length).toBeGreaterThan(0);
    for (const row of noise) expect([row["machine_class"], row["machine_label"], row["target_position"]]).toEqual([null, null, null]);
  });

  it("names skipped trials, insiders and the reasons of exclusion", () => {
    const skipping = simulatedStudy(plan, { voters: 5, answer: () => null });
    const skipped = readCsv(trialsAsCsv(skipping));
    expect(new Set(skipped.map((row) => `${row["skipped"]} ${row["agrees"]} ${row["answer_name"]}`))).toEqual(new Set(["true  "]));
    const insider = rows.filter((row) => row["voter"] === "V-05");
    expect(new Set(insider.map((row) => `${row["insider"]} ${row["excluded"]} ${row["excluded_by"]}`))).toEqual(
      new Set(['true true ["insider"]']),
    );
    expect(rows.find((row) => row["voter"] === "V-01")?.["excluded_by"]).toBe("[]");
  });

  it("tells trials whose time ended from those that the voter skipped", () => {
    const study = simulatedStudy(plan, {
      voters: 1,
      answer: ({ number }) => (number < 2 ? null : { text: "a dog" }),
      sessionShare: () => 0.1,
    });
    const timed = { ...study, votes: study.votes.map((vote) => ({ ...vote, timedOut: vote.trial === 1 })) };
    const shown = readCsv(trialsAsCsv(timed)).slice(0, 3);
    expect(shown.map((row) => [row["skipped"], row["timed_out"]])).toEqual([
      ["true", "false"],
      ["true", "true"],
      ["false", "false"],
    ]);
  });

  it("names the votes of the still version, and leaves them out if the plan does", () => {
    for (const stillVersion of ["leftOut", "counted"] as const) {
      const timed: StudyPlan = { ...plan, stillVersion };
      const own = readCsv(trialsAsCsv(simulatedStudy(timed, { voters: 8, answer: () => null })));
      const still = own.filter((row) => row["still"] === "true");
      expect(new Set(still.map((row) => `${row["voter"]} ${row["excluded_by"]}`))).toEqual(
        new Set([stillVersion === "leftOut" ? 'V-07 ["still"]' : "V-07 []"]),
      );
      expect(still).toHaveLength(own.filter((row) => row["voter"] === "V-07").length);
    }
  });

  it("is generated row by row", () => {
    const [first] = voters;
    const endless: ExportedVoter = { ...(first as ExportedVoter) };
    const lines = csvLines(exportedStudy(study), endless);
    expect(lines.next().value).toContain("STU-12,");
    expect(lines.return(undefined).done).toBe(true);
  });

  it("has columns with distinct names, which the documentation describes", () => {
    const documentation = readFileSync(new URL("../../../../docs/trial-table.md", import.meta.url), "utf8");
    expect(new Set(trialColumns.map(({ name }) => name)).size).toBe(trialColumns.length);
    const described = trialColumns.map(({ name, description }) => `| \`${name}\` | ${description} |`).join("\n");
    expect(documentation).toContain(described);
  });
});
