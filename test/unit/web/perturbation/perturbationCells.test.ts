/** The file of a run's attacks names the class whose confidence each attack changed, with both its scores. */
import { expect, it } from "vitest";
import { perturbationCells, perturbationColumns } from "../../../../apps/web/src/features/perturbation/perturbationsQuery.ts";

it("an attack without a target has the original's class as the searched one, with both its scores", () => {
  const cells = perturbationCells({
    bound: 8,
    success: true,
    linf: 8,
    l2: 64,
    l0: 64,
    steps: 1,
    originalLabel: "cat",
    originalConfidence: 0.97,
    storedLabel: "dog",
    storedConfidence: 0.73,
    storedOriginalConfidence: 0.0134,
    searchedClass: { class: 0, label: "cat", search: 0.0123, stored: 0.0134 },
  });
  const row = Object.fromEntries(perturbationColumns.map((column, at) => [column, cells[at]]));
  expect(row).toMatchObject({ storedLabel: "dog", searchedLabel: "cat", searchConfidence: 0.0123, storedSearchedConfidence: 0.0134 });
  expect(cells).toHaveLength(perturbationColumns.length);
});
