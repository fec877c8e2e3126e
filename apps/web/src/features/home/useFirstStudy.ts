"use client";
/** Starts the workspace's first study: what do people see in ten images of a run? Opens it, and leads to its voting page. */
import { AppError } from "@pareidolia/core/appError";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { parseStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { CreateFirstStudyDocument, EditFirstStudyDocument, OpenFirstStudyDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { voteAddress } from "../studies/voteAddress.ts";

/** The largest number of images, each of another class; voters choose among the names of all of them. */
const images = 10;
/** Voters for each image. */
const overlap = 24;

/** Zhou & Firestone's experiment 3b, with a way to say that one sees nothing. */
function draftOf(template: StudyDraft, labels: number): StudyDraft {
  const [phase] = template.phases;
  if (phase === undefined) throw new AppError("INTERNAL", "The template has no question.");
  const values = { ...phase.protocol.values, alternatives: Math.max(2, labels), cantTell: "disagreement" };
  return {
    ...template,
    selection: { ...template.selection, take: images, oneEachNiche: true },
    phases: [{ ...phase, protocol: resolveProtocol("alternatives", values) }],
    stopping: resolveStoppingRule("fixedNumber", { votes: overlap }),
    overlap,
  };
}

export function useFirstStudy() {
  const router = useRouter();
  const client = useClient();
  const [starting, setStarting] = useState(false);
  // Never forgotten: starting again after a later answer was lost continues with the study that was created.
  const attempt = useAttemptKey();

  /** Returns the key of the opened study. @throws Error with a message for the user. */
  const open = async (runId: string): Promise<string> => {
    const input = { title: "What do you see?", template: "zhouFirestoneE3b", runIds: [runId], idempotencyKey: attempt.of(runId) };
    const created = await client.mutation(CreateFirstStudyDocument, { input }).toPromise();
    const first = created.data?.createStudy;
    if (first?.__typename !== "StudySuccess") throw new Error(mutationProblem(first, created.error) ?? undefined);
    let { study } = first;
    // The answer to an earlier request to open it was lost.
    if (study.state !== "DRAFT") return study.key;
    // The number of labels is known once the images are drawn.
    for (let labels = 0; labels !== study.imageCount; ) {
      labels = study.imageCount;
      const draft = draftOf(parseStudyDraft(study.draft), Math.min(images, labels));
      const edited = await client
        .mutation(EditFirstStudyDocument, { input: { studyId: study.id, revision: study.revision, draft } })
        .toPromise();
      const answer = edited.data?.editStudy;
      if (answer?.__typename !== "StudySuccess") throw new Error(mutationProblem(answer, edited.error) ?? undefined);
      study = answer.study;
    }
    const opened = await client.mutation(OpenFirstStudyDocument, { input: { studyId: study.id, revision: study.revision } }).toPromise();
    const answer = opened.data?.openStudy;
    if (answer?.__typename !== "StudySuccess") throw new Error(mutationProblem(answer, opened.error) ?? undefined);
    return answer.study.key;
  };

  const start = async (runId: string): Promise<void> => {
    setStarting(true);
    try {
      const key = await open(runId);
      router.push(voteAddress(key));
    } catch (error) {
      toast.error(`The study could not be started. ${(error as Error).message}`);
      setStarting(false);
    }
  };
  return { starting, start: (runId: string) => void start(runId) };
}
