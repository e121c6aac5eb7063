import { isPresent, type RecordTable, type Settled } from '@afferent/records'
import type { Plan } from '../catalogue/entry.ts'
import { RowRanges } from './row-ranges.ts'

/**
 * Values the export summarised itself, of one subject at a time: by phase, parameter and visit.
 *
 * Slot 0 holds rows without a phase, slots 1.. the phases of the study facts. A subject has the phases it has rows in;
 * one without any row has every phase of the study (slot 0 if there are none), so that its missing values are visible.
 */
export class ValuePass {
  readonly slots: number
  /** Exported value; NaN: not there. `[slot][parameter][visit]`. */
  private readonly values: Float64Array
  private readonly rowOf: Int32Array
  private readonly present: Uint8Array
  /** Place of the phase's treatment in StudyFacts.treatments; -1: none given. */
  private readonly treatments: Int32Array
  private readonly table: RecordTable<'values'> | null
  private readonly ranges: RowRanges
  private readonly parameters: number
  private readonly visits: number
  private readonly phaseSlot: Int32Array
  private readonly parameterPlace: Int32Array
  private readonly treatmentPlace: Int32Array
  private readonly visitPlaces: readonly ReadonlyMap<number, number>[]

  constructor(plan: Plan, settled: Settled) {
    const parameters = plan.study.values?.parameters ?? []
    const { phases, treatments } = plan.facts
    this.table = settled.values
    this.ranges = new RowRanges(settled.values)
    this.slots = phases.length + 1
    this.parameters = parameters.length
    this.visits = Math.max(1, ...parameters.map((parameter) => parameter.visits.length))
    const cells = this.slots * this.parameters * this.visits
    this.values = new Float64Array(cells)
    this.rowOf = new Int32Array(cells)
    this.present = new Uint8Array(this.slots)
    this.treatments = new Int32Array(this.slots)
    const columns = settled.values?.columns
    this.phaseSlot = placesOf(columns?.phase?.dictionary ?? [], phases).map((place) => place + 1)
    this.treatmentPlace = placesOf(columns?.treatment?.dictionary ?? [], treatments)
    this.parameterPlace = placesOf(
      columns?.parameter?.dictionary ?? [],
      parameters.map((parameter) => parameter.code),
    )
    this.visitPlaces = parameters.map(
      (parameter) => new Map(parameter.visits.map(({ visit }, place) => [visit, place])),
    )
  }

  read(subject: number): void {
    this.values.fill(Number.NaN)
    this.rowOf.fill(-1)
    this.present.fill(0)
    this.treatments.fill(-1)
    this.ranges.advance(subject)
    for (let row = this.ranges.from; row < this.ranges.to; row++) this.readRow(row)
    if (this.present.includes(1)) return
    if (this.slots === 1) this.present[0] = 1
    else this.present.fill(1, 1)
  }

  hasSlot(slot: number): boolean {
    return this.present[slot] === 1
  }

  get phases(): number {
    let n = 0
    for (let slot = 0; slot < this.slots; slot++) n += this.present[slot] as number
    return n
  }

  treatmentOf(slot: number): number {
    return this.treatments[slot] as number
  }

  valueAt(slot: number, parameter: number, visitPlace: number): number {
    return this.values[this.cell(slot, parameter, visitPlace)] as number
  }

  /** Row of the values table a value comes from; -1: none. */
  rowAt(slot: number, parameter: number, visitPlace: number): number {
    return this.rowOf[this.cell(slot, parameter, visitPlace)] as number
  }

  private readRow(row: number): void {
    const columns = this.table?.columns
    if (columns?.parameter === undefined || columns.visit === undefined) return
    const parameter = this.parameterPlace[columns.parameter.values[row] as number] as number
    if (parameter < 0) return
    const place = this.visitPlaces[parameter]?.get(columns.visit.values[row] as number)
    if (place === undefined) return
    const { phase, treatment, value } = columns
    const slot =
      phase !== undefined && isPresent(phase.valid, row) ? (this.phaseSlot[phase.values[row] as number] as number) : 0
    this.present[slot] = 1
    if (treatment !== undefined && isPresent(treatment.valid, row) && this.treatments[slot] === -1) {
      this.treatments[slot] = this.treatmentPlace[treatment.values[row] as number] as number
    }
    if (value === undefined || !isPresent(value.valid, row)) return
    this.values[this.cell(slot, parameter, place)] = value.values[row] as number
    this.rowOf[this.cell(slot, parameter, place)] = row
  }

  private cell(slot: number, parameter: number, visitPlace: number): number {
    return (slot * this.parameters + parameter) * this.visits + visitPlace
  }
}

function placesOf(dictionary: readonly string[], known: readonly string[]): Int32Array {
  return Int32Array.from(dictionary, (word) => known.indexOf(word))
}
