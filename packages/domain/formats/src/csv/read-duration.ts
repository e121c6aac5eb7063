/**
 * A length of time as diary apps write it, in minutes; null: no duration.
 *
 * Forms  '1d 02h 15m', '01h 00m', '45m', '90 min', '2 h', '30s' (any subset, in this order), 'hh:mm', 'hh:mm:ss' (hours may exceed 24).
 *        A bare number is not read here: its unit is the column's.
 */
export function durationMinutes(text: string): number | null {
  const clock = /^(\d{1,4}):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 60
  const parts =
    /^(?:(\d{1,4}) ?d(?:ays?)?)? ?(?:(\d{1,5}) ?h(?:rs?|ours?)?)? ?(?:(\d{1,6}) ?m(?:ins?|inutes?)?)? ?(?:(\d{1,6}) ?s(?:ecs?|econds?)?)?$/i.exec(
      text,
    )
  if (parts === null || text === '') return null
  const [, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return days * 1440 + hours * 60 + minutes + seconds / 60
}
