"use client";
/** The rules of the plan beside those of the template: question, order, stopping, exclusion, languages, consent, and who may vote. */
import type { ParameterSpec, ParameterValue } from "@pareidolia/core/parameterSpec";
import { type ProtocolKindId, protocolKinds, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { maxVotes, resolveStoppingRule, type StoppingRuleId, stoppingRules, withMostVotes } from "@pareidolia/perception/stopping/registry";
import { maxShown } from "@pareidolia/perception/study/checkStudyPlan";
import { imagesFlash, type StillVersion } from "@pareidolia/perception/study/stillVersion";
import { joinsPerHourRange, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Phase } from "@pareidolia/perception/trials/design";
import { exclusionSpecs, mistimedSpec, resolveExclusion, withMistimed } from "@pareidolia/perception/voters/exclusion";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ConsentRules } from "./ConsentRules.tsx";
import { ListedFoilsRow, OwnClassesRow, SortedImagesRow } from "./details/DetailRows.tsx";
import { LanguageRules } from "./LanguageRules.tsx";
import { NumberInput } from "./NumberInput.tsx";
import { PhaseTextRules } from "./PhaseTextRules.tsx";
import styles from "./PlanRules.module.css";
import { RuleRow, RuleTable } from "./RuleRow.tsx";
import { Choice, describeValue, SpecControl } from "./SpecControl.tsx";
import { applyTemplate, originalOf, stillVersionTexts, withProtocol, wordsOf } from "./templateRules.ts";
import type { EditableDraft } from "./useStudyDraft.ts";

const maxDecay = 50_000;
const mostOverlap = 100_000;
const maxAnonymous = 1_000_000;

const assignmentTexts = { all: "all, or a number of them", onePerGroup: "one of each group", oneCondition: "one condition" } as const;
const labelSetTexts = { images: "of the images", all: "all classes" } as const;

interface PlanRulesProps {
  readonly editable: EditableDraft;
  readonly differing: ReadonlySet<string>;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
}

/** One row for each parameter of a kind of rule. */
function SpecRows(props: {
  readonly path: string;
  readonly specs: readonly ParameterSpec[];
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly original: Readonly<Record<string, ParameterValue>> | null;
  readonly differing: ReadonlySet<string>;
  onChange(name: string, value: ParameterValue): void;
}) {
  const { path, specs, values, original, differing, onChange } = props;
  return specs.map((spec) => (
    <RuleRow
      key={spec.name}
      name={spec.label}
      note={spec.description}
      original={original?.[spec.name] === undefined ? null : describeValue(original[spec.name])}
      differs={differing.has(`${path}.${spec.name}`)}
      rule={`${path}.${spec.name}`}
    >
      <SpecControl spec={spec} value={values[spec.name] ?? spec.default} onChange={(value) => onChange(spec.name, value)} />
    </RuleRow>
  ));
}

export function PlanRules({ editable, differing, images, classNames }: PlanRulesProps) {
  const { draft, access } = editable.document;
  const original = originalOf(draft);
  const change = (part: Partial<StudyDraft>) => editable.editDraft(part);
  const details = { draft, original, differing, images, classNames, onChange: change };
  const theirs = (value: unknown): string | null => (original === null ? null : describeValue(value));
  return (
    <section aria-labelledby="study-plan">
      <div className="sectionHead">
        <h2 id="study-plan">Plan</h2>
        {original !== null && differing.size > 0 ? (
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => change(applyTemplate(draft, draft.template as string))}
          >
            Reset to template
          </button>
        ) : null}
      </div>
      <div className={styles.tables}>
        <div>
          {draft.phases.map((phase, index) => (
            <PhaseRules key={index} draft={draft} phase={phase} index={index} original={original} differing={differing} onChange={change} />
          ))}
          <RuleTable label="Trials">
            <RuleRow
              name="Trials each"
              rule="trialsPerVoter"
              original={original === null ? null : "all images"}
              differs={differing.has("trialsPerVoter")}
            >
              <NumberInput
                label="Counted images that each voter sees"
                value={draft.trialsPerVoter}
                minimum={1}
                maximum={maxShown}
                empty="all images"
                onChange={(trialsPerVoter) => change({ trialsPerVoter })}
              />
            </RuleRow>
            <RuleRow
              name="Shown twice"
              rule="repeats"
              original={original === null ? null : original.repeats === 0 ? "none" : String(original.repeats)}
              differs={differing.has("repeats")}
              note="Images of each voter that come a second time, to see how far a voter answers the same. The second answer is no vote."
            >
              <NumberInput
                label="Images that each voter sees twice"
                value={draft.repeats}
                minimum={0}
                maximum={maxShown / 2}
                onChange={(repeats) => {
                  if (repeats !== null) change({ repeats });
                }}
              />
            </RuleRow>
            <RuleRow name="Order" original={theirs(original?.order)} differs={differing.has("order")}>
              <Choice
                label="Order of the trials"
                value={draft.order}
                choices={[
                  ["counterbalanced", "counterbalanced"],
                  ["random", "random"],
                ]}
                onChange={(order) => change({ order: order as StudyDraft["order"] })}
              />
            </RuleRow>
            <RuleRow name="Positions" original={theirs(original?.places)} differs={differing.has("places")}>
              <Choice
                label="Positions of the machine's answer"
                value={draft.places}
                choices={[
                  ["counterbalanced", "counterbalanced"],
                  ["random", "random"],
                ]}
                onChange={(places) => change({ places: places as StudyDraft["places"] })}
              />
            </RuleRow>
            <RuleRow
              name="Images each"
              original={original === null ? null : assignmentTexts[original.assignment]}
              differs={differing.has("assignment")}
            >
              <Choice
                label="Which images a voter sees"
                value={draft.assignment}
                choices={Object.entries(assignmentTexts)}
                onChange={(assignment) => change({ assignment: assignment as StudyDraft["assignment"] })}
              />
            </RuleRow>
            <SortedImagesRow {...details} />
            <ListedFoilsRow {...details} />
            <OwnClassesRow {...details} />
            <RuleRow
              name="Labels from"
              rule="labelSet"
              original={original === null ? null : labelSetTexts[original.labelSet]}
              differs={differing.has("labelSet")}
              note="The labels from which foils are drawn."
            >
              <Choice
                label="Labels from which foils are drawn"
                value={draft.labelSet}
                choices={Object.entries(labelSetTexts)}
                onChange={(labelSet) => change({ labelSet: labelSet as StudyDraft["labelSet"] })}
              />
            </RuleRow>
            <RuleRow
              name="Checks halve after"
              rule="decay"
              original={original === null ? null : original.decay === null ? "never" : `${original.decay} trials`}
              differs={differing.has("decay")}
              note="Counted trials after which gold and noise are half as frequent."
            >
              <NumberInput
                label="Trials after which checks are half as frequent"
                value={draft.decay}
                minimum={1}
                maximum={maxDecay}
                empty="never"
                onChange={(decay) => change({ decay })}
              />
            </RuleRow>
          </RuleTable>
        </div>
        <div>
          <RuleTable label="Votes">
            <RuleRow name="Votes an image" rule="overlap" original={theirs(original?.overlap)} differs={differing.has("overlap")}>
              <NumberInput
                label="Voters to whom each image is assigned"
                value={draft.overlap}
                minimum={1}
                maximum={mostOverlap}
                onChange={(overlap) => {
                  if (overlap === null) return;
                  // A rule that stops at all votes of an image does so with another number of them, too.
                  const stopsWithAll = maxVotes(draft.stopping) === draft.overlap;
                  change({ overlap, ...(stopsWithAll ? { stopping: withMostVotes(draft.stopping, overlap) } : {}) });
                }}
              />
            </RuleRow>
            <RuleRow
              name="Stop at"
              rule="stopping"
              original={original === null ? null : stoppingLabel(original.stopping.kind)}
              differs={differing.has("stopping")}
            >
              <Choice
                label="Stopping rule"
                value={draft.stopping.kind}
                choices={stoppingRules.map(({ id, label }) => [id, label] as const)}
                onChange={(kind) => change({ stopping: resolveStoppingRule(kind as StoppingRuleId, {}) })}
              />
            </RuleRow>
            <SpecRows
              path="stopping"
              specs={stoppingRules.find(({ id }) => id === draft.stopping.kind)?.parameters ?? []}
              values={draft.stopping.values}
              original={original !== null && original.stopping.kind === draft.stopping.kind ? original.stopping.values : null}
              differing={differing}
              onChange={(name, value) =>
                change({ stopping: resolveStoppingRule(draft.stopping.kind, { ...draft.stopping.values, [name]: value }) })
              }
            />
          </RuleTable>
          <RuleTable label="Leave out voters and trials">
            <SpecRows
              path="exclusion"
              specs={exclusionSpecs}
              values={draft.exclusion.values}
              original={original?.exclusion.values ?? null}
              differing={differing}
              onChange={(name, value) =>
                change({
                  exclusion: { ...draft.exclusion, values: resolveExclusion({ ...draft.exclusion.values, [name]: value }).values },
                })
              }
            />
            <SpecRows
              path="exclusion"
              specs={[mistimedSpec]}
              values={{ mistimedMs: draft.exclusion.mistimedMs ?? 0 }}
              original={original === null ? null : { mistimedMs: original.exclusion.mistimedMs ?? 0 }}
              differing={differing}
              onChange={(_name, value) => change({ exclusion: withMistimed(draft.exclusion, value) })}
            />
          </RuleTable>
          <RuleTable label="Voters">
            <RuleRow name="Who" original={null} differs={false}>
              <Choice
                label="Who may vote"
                value={access}
                choices={[
                  ["MEMBERS", "members of the workspace"],
                  ["LINK", "every holder of the link"],
                ]}
                onChange={(next) => editable.edit({ access: next as typeof access })}
              />
            </RuleRow>
            {access === "LINK" ? (
              <>
                <RuleRow
                  name="By the link"
                  rule="anonymousVoters"
                  original={null}
                  differs={false}
                  note="Voters without an account who answer. Owners can raise it while the study is open."
                >
                  <NumberInput
                    label="Voters without an account"
                    value={draft.anonymousVoters}
                    minimum={0}
                    maximum={maxAnonymous}
                    onChange={(anonymousVoters) => {
                      if (anonymousVoters !== null) change({ anonymousVoters });
                    }}
                  />
                </RuleRow>
                <RuleRow
                  name="From one network"
                  original={null}
                  differs={false}
                  note="Voters without an account who may join within an hour. A class often shares one network."
                >
                  <NumberInput
                    label="Voters an hour from one network"
                    value={draft.joinsPerHour}
                    {...joinsPerHourRange}
                    onChange={(joinsPerHour) => {
                      if (joinsPerHour !== null) change({ joinsPerHour });
                    }}
                  />
                </RuleRow>
              </>
            ) : null}
            {imagesFlash(draft.phases) ? (
              <RuleRow
                name="Offer a still version"
                rule="stillVersion"
                original={null}
                differs={false}
                note="For people who cannot watch flashes, and for screens that cannot hold the timing: the image stays until the answer, without mask. Each vote is marked."
              >
                <Choice
                  label="Still version"
                  value={draft.stillVersion}
                  choices={Object.entries(stillVersionTexts)}
                  onChange={(stillVersion) => change({ stillVersion: stillVersion as StillVersion })}
                />
              </RuleRow>
            ) : null}
            <LanguageRules draft={draft} images={images} classNames={classNames} differs={differing.has("languages")} onChange={change} />
          </RuleTable>
        </div>
      </div>
      <PhaseTextRules draft={draft} onChange={change} />
      <ConsentRules draft={draft} onChange={change} />
    </section>
  );
}

function stoppingLabel(kind: StoppingRuleId): string {
  return stoppingRules.find(({ id }) => id === kind)?.label ?? wordsOf(kind);
}

interface PhaseRulesProps {
  readonly draft: StudyDraft;
  readonly phase: Phase;
  readonly index: number;
  readonly original: StudyDraft | null;
  readonly differing: ReadonlySet<string>;
  onChange(change: Partial<StudyDraft>): void;
}

function PhaseRules({ draft, phase, index, original, differing, onChange }: PhaseRulesProps) {
  const { protocol } = phase;
  const path = `phases.${index}.protocol`;
  const theirs = original?.phases[index]?.protocol;
  const set = (kind: ProtocolKindId, values: Readonly<Record<string, ParameterValue>>) =>
    onChange(withProtocol(draft, index, resolveProtocol(kind, values)));
  return (
    <RuleTable label={draft.phases.length === 1 ? "Question" : `Question of phase ${index + 1}`}>
      <RuleRow
        name="Protocol"
        rule={path}
        original={theirs === undefined ? null : (protocolKinds.find(({ id }) => id === theirs.kind)?.label ?? theirs.kind)}
        differs={differing.has(path)}
      >
        <Choice
          label="Protocol"
          value={protocol.kind}
          choices={protocolKinds.map(({ id, label }) => [id, label] as const)}
          onChange={(kind) => set(kind as ProtocolKindId, { cantTell: protocol.values.cantTell })}
        />
      </RuleRow>
      <SpecRows
        path={path}
        specs={protocolKinds.find(({ id }) => id === protocol.kind)?.parameters ?? []}
        values={protocol.values}
        original={theirs !== undefined && theirs.kind === protocol.kind ? theirs.values : null}
        differing={differing}
        onChange={(name, value) => set(protocol.kind, { ...protocol.values, [name]: value })}
      />
    </RuleTable>
  );
}
