/** The counted images of a new norming room: those given, or those on which the study's voters agree least. */
import { AppError } from "@pareidolia/core/appError";
import { mostDisputed, type PersonChoice } from "@pareidolia/perception/norming/mostDisputed";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findVoterChoices, type VoterChoices } from "@pareidolia/persistence/studies/norming/readChoices";
import type { ShelvedStudy, StudyShelf } from "../voting/studyShelf.ts";
import type { CreateNormingRoomInput } from "./normingRoom.input.ts";

const mostImages = 100;

/** @throws AppError INVALID_INPUT for none, too many or unknown images; CONFLICT for a study without disputed images. */
export async function chooseImages(
  { connection, shelf }: { readonly connection: Connection; readonly shelf: StudyShelf },
  studyId: string,
  { images, mostDisputed: most }: CreateNormingRoomInput,
): Promise<readonly number[]> {
  if ((images == null) === (most == null))
    throw new AppError("INVALID_INPUT", "Give either images or a number of disputed images.", { field: "input.images" });
  const study = await shelf.get(studyId);
  if (images != null) return readIndices(images, study.plan.rules.design.stimuli.length);
  if (most == null || most < 1 || most > mostImages)
    throw new AppError("INVALID_INPUT", `A room has from 1 to ${mostImages} images.`, { field: "input.mostDisputed" });
  const choices = await findVoterChoices(connection, studyId);
  const disputed = mostDisputed(
    choices.flatMap((voter) => choicesOf(shelf, study, voter)),
    most,
  );
  if (disputed.length === 0)
    throw new AppError("CONFLICT", "The study's voters do not disagree on any image yet. Collect more votes, or choose images yourself.", {
      field: "input.mostDisputed",
    });
  return disputed.map(({ item }) => item);
}

function readIndices(images: readonly number[], count: number): readonly number[] {
  const distinct = [...new Set(images)];
  if (distinct.length < 1 || distinct.length > mostImages)
    throw new AppError("INVALID_INPUT", `A room has from 1 to ${mostImages} images.`, { field: "input.images" });
  if (distinct.some((index) => index < 0 || index >= count))
    throw new AppError("INVALID_INPUT", `The study's counted images are numbered from 0 to ${count - 1}.`, { field: "input.images" });
  return distinct;
}

function choicesOf(shelf: StudyShelf, study: ShelvedStudy, voter: VoterChoices): PersonChoice[] {
  const trials = shelf.trialsOf(study, { id: voter.voterId, number: voter.number, items: voter.items });
  return voter.trials.flatMap((number, index) => {
    const trial = trials[number];
    const choice = voter.choices[index] ?? -1;
    return trial === undefined ? [] : [{ item: trial.item, phase: trial.phase, answer: choice < 0 ? -1 : (trial.options[choice] ?? -1) }];
  });
}
