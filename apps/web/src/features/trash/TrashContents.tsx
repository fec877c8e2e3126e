/** Lists the contents of runs and experiments, with a placeholder while they are counted. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TrashPreviewDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { contentsOf, freedText } from "./contents.ts";
import { contentsFile, contentsQuery } from "./contentsFile.ts";
import styles from "./Trash.module.css";

export function useTrashPreview(ids: readonly string[], pause: boolean) {
  const { data, error } = useLiveQuery({
    query: TrashPreviewDocument,
    variables: { ids: [...ids] },
    pause: pause || ids.length === 0,
    requestPolicy: "network-only",
    keepPrevious: false,
  });
  const problem = error ? plainMessage(error.message) : null;
  return { ids, preview: problem === null ? (data?.trashPreview ?? null) : null, problem };
}

interface TrashContentsProps extends ReturnType<typeof useTrashPreview> {
  /** Heading of the list, such as "It permanently deletes:". */
  readonly heading: string;
}

export function TrashContents({ ids, preview, problem, heading }: TrashContentsProps) {
  if (preview === null)
    return problem === null ? (
      <p className="second" role="status">
        Counting the data
      </p>
    ) : (
      <p className="fieldError" role="alert">
        {problem}
      </p>
    );
  return (
    <>
      <p className="second">{heading}</p>
      <ul className={styles.contents}>
        {contentsOf(preview).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="t12 muted">{freedText(preview)}</p>
      <WholeListTools name="contents" rows={[preview]} columns={contentsFile} query={contentsQuery(ids)} />
    </>
  );
}
