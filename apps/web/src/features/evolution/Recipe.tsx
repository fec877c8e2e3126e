/** An evolution's settings, sufficient to repeat it. The link opens the form with the same values. */

import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ParameterSpecsDocument } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import { type ParameterEntry, parameterEntries } from "../run/parameterEntries.ts";
import { rerunAddress } from "../run/rerunAddress.ts";
import type { EvolutionOnPage } from "../run/runOnPage.ts";

export function Recipe({ run }: { run: EvolutionOnPage }) {
  const { data } = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const specs = [
    ...(data?.encodings.find((encoding) => encoding.id === run.encoding)?.parameters ?? []),
    ...(data?.searchParameters ?? []),
  ];
  return (
    <section>
      <div className="sectionHead">
        <h2>Recipe</h2>
        <Permitted needs="startEvolution">
          <Link className="link t12" href={rerunAddress(run)}>
            Run again
          </Link>
        </Permitted>
      </div>
      <dl className={keyValuesStyles.keyValues}>
        <dt>Seed</dt>
        <dd className="n12">{run.seed}</dd>
        <dt>Preset</dt>
        <dd>{run.presetLabel}</dd>
        <dt>Model</dt>
        <dd>{run.model.name}</dd>
        <dt>Encoding</dt>
        <dd>{run.methodLabel}</dd>
        <dt>Offspring</dt>
        <dd className="n12">{formatCount(run.offspring)}</dd>
        {parameterEntries(run.parameters, specs).map((entry) => (
          <ParameterRow key={entry.name} {...entry} />
        ))}
        <dt>Evaluations</dt>
        <dd className="n12">
          {formatCount(run.evaluations)} / {formatCount(run.totalEvaluations)}
        </dd>
        {run.archiveHash ? (
          <>
            <dt>Archive hash</dt>
            <dd className="n12" title={run.archiveHash}>
              {run.archiveHash.slice(0, 8)} <CopyButton text={run.archiveHash} />
            </dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

function ParameterRow({ label, text, isNumber }: ParameterEntry) {
  return (
    <>
      <dt>{label}</dt>
      <dd className={isNumber ? "n12" : undefined}>{text}</dd>
    </>
  );
}
