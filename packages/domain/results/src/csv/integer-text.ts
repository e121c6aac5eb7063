const ZERO = 48
const MINUS = 45

/** Writes a whole number of at most 32 bits digit by digit; returns where its text ends. */
export function writeInteger(bytes: Uint8Array, at: number, value: number): number {
  let rest = value | 0
  let start = at
  if (rest < 0) {
    bytes[start++] = MINUS
    rest = -rest
  }
  const end = start + decimalDigits(rest)
  for (let i = end - 1; i > start; i--) {
    const next = (rest / 10) | 0
    bytes[i] = ZERO + rest - next * 10
    rest = next
  }
  bytes[start] = ZERO + rest
  return end
}

function decimalDigits(value: number): number {
  if (value < 10) return 1
  if (value < 100) return 2
  let digits = 3
  for (let limit = 1000; value >= limit; limit *= 10) digits++
  return digits
}
