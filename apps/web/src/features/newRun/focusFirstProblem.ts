/** Scrolls to the first invalid field of a form and focuses it. */
const problems = '[aria-invalid="true"], [data-problem]';
const controls = 'input:checked, input:not([type="hidden"]), select, button';

export function focusFirstProblem(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>(problems);
  if (!first) return;
  const details = first.closest("details");
  if (details) details.open = true;
  const control = first.matches("input, select") ? first : first.querySelector<HTMLElement>(controls);
  first.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
