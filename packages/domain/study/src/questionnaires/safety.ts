import type { Instrument, SafetyEvent } from '@afferent/instruments'

/** The safety event that one answer makes, whatever the rest of the form says; null: none. */
export function safetyEventOf(instrument: Instrument, place: number, value: number): SafetyEvent | null {
  const answers = new Float64Array(instrument.items.length).fill(Number.NaN)
  answers[place] = value
  return instrument.events(answers)[0] ?? null
}

/** Safety events that an instrument knows, each with the place of its item. */
export function safetyEventsOf(
  instrument: Instrument,
): readonly { readonly event: SafetyEvent; readonly place: number }[] {
  return instrument.items.flatMap(({ allowed }, place) => {
    const highest = allowed.kind === 'range' ? allowed.highest : Math.max(...allowed.values)
    const event = safetyEventOf(instrument, place, highest)
    return event === null ? [] : [{ event, place }]
  })
}
