/** Scrolls to the first invalid field of a form and focuses it. Returns whether there is one. */
const problems = '[aria-invalid="true"], [data-problem]';
const controls = 'input:checked, input:not([type="hidden"]), select, button';

export function focusFirstProblem(form: ParentNode | null): boolean {
  const first = form?.querySelector<HTMLElement>(problems);
  if (!first) return false;
  const details = first.closest("details");
  if (details) details.open = true;
  const control = first.matches("input, select") ? first : first.querySelector<HTMLElement>(controls);
  first.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
  return true;
}
