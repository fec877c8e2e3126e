/**
 * The activations of CPPN nodes (released code, af_cppn.hpp) in strict float32: only + - * /, floor and comparisons, each rounded, so
 * every processor and a vectorised kernel compute the same bits. The error is about 1e-7 for the arguments that occur in networks
 * (|p| below 12,000 for sine).
 */
import type { Activation } from "./genome.ts";

const f = Math.fround;

const perPi = f(1 / Math.PI);
// pi in three parts; k times the first two is exact in float32 for whole k below 8192.
const piA = 3.140625;
const piB = 9.67502593994140625e-4;
const piC = f(1.5099579909783764e-7);
const s3 = f(-1 / 6);
const s5 = f(1 / 120);
const s7 = f(-1 / 5040);
const s9 = f(1 / 362880);
const s11 = f(-1 / 39916800);

/** sin p: p = k pi + r with |r| <= pi/2, then the series of degree 11; an odd k flips the sign. */
export function sine(p: number): number {
  const k = Math.floor(f(f(p * perPi) + 0.5));
  const r = f(f(f(p - f(k * piA)) - f(k * piB)) - f(k * piC));
  const z = f(r * r);
  const tail = f(f(f(f(f(f(f(f(s11 * z) + s9) * z) + s7) * z) + s5) * z) + s3);
  const value = f(r + f(f(r * z) * tail));
  const sign = 1 - 2 * (k - 2 * Math.floor(k * 0.5));
  return Math.max(-1, Math.min(1, f(sign * value)));
}

const perLn2 = f(1 / Math.LN2);
// ln 2 in two parts; k times the first is exact for |k| below 1024.
const ln2A = 0.693359375;
const ln2B = f(-2.12194440054690583e-4);
const e3 = f(1 / 6);
const e4 = f(1 / 24);
const e5 = f(1 / 120);
const e6 = f(1 / 720);
const e7 = f(1 / 5040);
const powers = Float32Array.from({ length: 253 }, (_, i) => 2 ** (i - 126));

/** e^x, with x clipped to [-87, 87]. */
export function exponential32(x: number): number {
  const clipped = Math.max(-87, Math.min(87, x));
  const k = Math.floor(f(f(clipped * perLn2) + 0.5));
  const r = f(f(clipped - f(k * ln2A)) - f(k * ln2B));
  const tail = f(f(f(f(f(f(f(f(f(f(e7 * r) + e6) * r) + e5) * r) + e4) * r) + e3) * r) + 0.5);
  const value = f(f(f(r * r) * tail) + f(r + 1));
  return f(value * (powers[k + 126] as number));
}

/** 2 (1 / (1 + e^-p) - 1/2). */
export function sigmoid(p: number): number {
  return f(2 * f(f(1 / f(1 + exponential32(-p))) - 0.5));
}

/** e^(-p^2). */
export function gaussian(p: number): number {
  return exponential32(-f(p * p));
}

const third = f(1 / 3);

/** p clipped to [-3, 3], divided by 3. */
export function linear(p: number): number {
  return Math.max(-1, Math.min(1, f(p * third)));
}

// The loops are repeated on purpose: the compiler inlines an activation only into a loop that calls no other function.
function sineRange(values: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) values[i] = sine(values[i] as number);
}

function sigmoidRange(values: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) values[i] = sigmoid(values[i] as number);
}

function gaussianRange(values: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) values[i] = gaussian(values[i] as number);
}

function linearRange(values: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) values[i] = linear(values[i] as number);
}

/** Replaces values[from..to) by their activation. */
export const activateRange: Readonly<Record<Activation, (values: Float32Array, from: number, to: number) => void>> = {
  sine: sineRange,
  sigmoid: sigmoidRange,
  gaussian: gaussianRange,
  linear: linearRange,
};
