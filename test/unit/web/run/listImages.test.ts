/** The images of a run in a list of runs. */
import { expect, it } from "vitest";
import { listImages } from "../../../../apps/web/src/features/run/listImages.ts";

const image = (id: string) => ({ __typename: "Image" as const, id, url: `/images/${id}`, width: 28, height: 28 });
const elite = (niche: number) => ({ id: `e${niche}`, niche, label: "", generation: 1, storedConfidence: 1, image: image(`e${niche}`) });
const trajectory = (index: number) => ({ id: `t${index}`, class: index, label: "", storedConfidence: 1, image: image(`t${index}`) });
const urls = (run: Parameters<typeof listImages>[0]) => listImages(run).map(({ url }) => url);

it("a list shows a run's elites, or an ascent's images, in class order", () => {
  expect(urls({ archive: [elite(4), elite(1)], bestTrajectories: [] })).toEqual(["/images/e1", "/images/e4"]);
  expect(urls({ archive: [], bestTrajectories: [trajectory(7), trajectory(2)] })).toEqual(["/images/t2", "/images/t7"]);
  expect(urls({ archive: [], bestTrajectories: [] })).toEqual([]);
});
