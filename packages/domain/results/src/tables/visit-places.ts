import { NONE } from './filled-column.ts'
import { placesIn, type RunContext, sortedTexts } from './run-context.ts'

/** Label of a parameter's visit as a place in the dictionary of AVISIT. */
export class VisitPlaces {
  private readonly first: number
  private readonly width: number
  private readonly places: Int32Array
  private readonly parameters: ReadonlyMap<string, number>

  constructor({ visits, parameters }: RunContext) {
    const numbers = visits.map(({ visit }) => visit)
    this.first = Math.min(0, ...numbers)
    this.width = Math.max(0, ...numbers) - this.first + 1
    this.parameters = new Map(parameters.map(({ code }, i) => [code, i]))
    this.places = new Int32Array(parameters.length * this.width).fill(NONE)
    const labels = sortedTexts(visits.map(({ label }) => label))
    const places = placesIn(
      labels,
      visits.map(({ label }) => label),
    )
    visits.forEach(({ parameter, visit }, i) => {
      const row = this.parameters.get(parameter)
      if (row !== undefined) this.places[row * this.width + visit - this.first] = places[i] as number
    })
  }

  rowOf(parameter: string): number {
    const row = this.parameters.get(parameter)
    if (row === undefined) throw new Error(`parameter ${parameter} is not in the catalogue of this run`)
    return row
  }

  place(row: number, visit: number): number {
    const column = visit - this.first
    return column < 0 || column >= this.width ? NONE : (this.places[row * this.width + column] as number)
  }
}
