/**
 * Elementary functions that use only + - * / and exact operations, so they return the same bits on every machine. The language does
 * not specify the last bit of Math.log, Math.exp and Math.pow, but a genome must mutate into the same child everywhere.
 * Logarithm: x = m * 2^k with m in [sqrt 1/2, sqrt 2), then the odd series of atanh((m - 1) / (m + 1)).
 * Exponential: x = k ln 2 + r with |r| <= ln 2 / 2, then the Taylor series. Both are within a few units in the last place.
 */

const ln2High = 0.69314718036912381649; // ln 2 with its last 21 bits cleared, so k * ln2High is exact
const ln2Low = 1.90821492927058770002e-10;
const bits = new DataView(new ArrayBuffer(8));

/** 2^k for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** The natural logarithm of a positive, normal number. */
export function logarithm(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  let exponent = (high >> 20) - 1023;
  bits.setInt32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const series =
    1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19)))))))));
  return exponent * ln2High + (exponent * ln2Low + 2 * s * series);
}

/** e^x; 0 below -708 and infinity above 709. */
export function exponential(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * ln2High - k * ln2Low;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 14; n++) {
    term = (term * r) / n;
    sum += term;
  }
  return sum * powerOfTwo(k);
}

/** base^exponent for a base >= 0 and a finite exponent > 0. */
export function power(base: number, exponent: number): number {
  return base < 2 ** -1022 ? 0 : exponential(exponent * logarithm(base));
}

/** base^n for a whole n >= 0 by squaring. */
export function wholePower(base: number, n: number): number {
  let result = 1;
  let square = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/**
 * The function x -> x^(1/n) for x >= 0. For n = 2, 4, 8, ... it is a chain of square roots, which are correctly rounded and fast;
 * the paper's eta of 15 needs n = 16.
 */
export function rootOf(n: number): (x: number) => number {
  if (n === 1) return (x) => x;
  if (n === 16) return (x) => Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(x))));
  for (let roots = 1; roots <= 10; roots++)
    if (n === 2 ** roots)
      return (x) => {
        let value = x;
        for (let i = 0; i < roots; i++) value = Math.sqrt(value);
        return value;
      };
  return (x) => power(x, 1 / n);
}
