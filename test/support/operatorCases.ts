/** All cases of operators, including unusual shapes. */
import { exporterCases } from "./exporterCases.ts";
import { layoutCases } from "./layoutCases.ts";
import { oneAxisCases } from "./oneAxisCases.ts";
import type { OperatorCase } from "./operatorCase.ts";
import { valueCases } from "./valueCases.ts";
import { windowCases } from "./windowCases.ts";

export const operatorCases: readonly OperatorCase[] = [...windowCases, ...oneAxisCases, ...valueCases, ...layoutCases, ...exporterCases];
