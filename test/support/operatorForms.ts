/** Every operator and its odd shapes, one row a form. */
import { exportedForms } from "./exportedForms.ts";
import { layoutForms } from "./layoutForms.ts";
import type { OperatorForm } from "./operatorForm.ts";
import { rowForms } from "./rowForms.ts";
import { valueForms } from "./valueForms.ts";
import { windowForms } from "./windowForms.ts";

export const operatorForms: readonly OperatorForm[] = [...windowForms, ...rowForms, ...valueForms, ...layoutForms, ...exportedForms];
