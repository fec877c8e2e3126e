/** Gates: Benjamini & Hochberg's procedure makes no more false discoveries than it allows. */
import { Purpose, Random } from "@pareidolia/core/random";
import { describeImages } from "@pareidolia/perception/images/describeImages";
import { emptyTally, type Tally } from "@pareidolia/perception/images/imageTally";
import { judge, type ReportRow } from "../report.ts";

function agreeingOf(random: Random, votes: number, agreement: number): number {
  let agreeing = 0;
  for (let vote = 0; vote < votes; vote++) if (random.chance(agreement)) agreeing++;
  return agreeing;
}

/** Of 60 images, `nulls` are at chance and the others at .8. */
function studyOf(random: Random, nulls: number, votes: number): Tally {
  const tally = emptyTally(60);
  for (let image = 0; image < 60; image++) {
    tally.votes[image] = votes;
    tally.agreeing[image] = agreeingOf(random, votes, image < nulls ? 0.5 : 0.8);
  }
  return tally;
}

export function falseDiscoveryGates({ studies = 2000, seed = 3 } = {}): ReportRow[] {
  return [60, 48, 12].map((nulls) => {
    let shares = 0;
    let found = 0;
    for (let index = 0; index < studies; index++) {
      const random = new Random({ seed, generation: nulls, index, purpose: Purpose.SIMULATE });
      const records = describeImages(studyOf(random, nulls, 25), { chance: 0.5 });
      const discovered = records.filter(({ aboveChance }) => aboveChance);
      shares += discovered.filter(({ item }) => item < nulls).length / Math.max(1, discovered.length);
      found += discovered.length;
    }
    return judge({
      id: `false-discovery-${nulls}`,
      what: `false discovery rate, ${nulls} of 60 images at chance, allowed .05`,
      figure: shares / studies,
      bar: { below: 0.05 },
      detail: `${(found / studies).toFixed(1)} discoveries a study`,
    });
  });
}
