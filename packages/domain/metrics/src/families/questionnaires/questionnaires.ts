import type { Settled } from '@afferent/records'
import { knownInstrument, safetyEventsOf } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { RowRanges } from '../../windows/row-ranges.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { QUESTIONNAIRE_ENTRIES } from './entries.ts'
import { writeMonths } from './month-rows.ts'
import { writeSafety } from './safety-rows.ts'
import { formsOfSubject } from './subject-forms.ts'
import { byVisit, writeVisits } from './visit-rows.ts'

/** Scores of questionnaires per visit (endpoints.md section 7). */
export const questionnaires: Family = {
  name: 'questionnaires',
  entries: QUESTIONNAIRE_ENTRIES,
  open: (plan, settled) => (plan.study.questionnaires === null ? null : new QuestionnaireReader(plan, settled)),
}

class QuestionnaireReader implements FamilyReader {
  private readonly plan: Plan
  private readonly table: Settled['assessments']
  private readonly rows: RowRanges

  constructor(plan: Plan, settled: Settled) {
    this.plan = plan
    this.table = settled.assessments
    this.rows = new RowRanges(settled.assessments)
  }

  read(at: SubjectAtHand, points: Points): void {
    const { plan } = this
    this.rows.advance(at.subject)
    const all = formsOfSubject(plan.study, this.table, this.rows, at.zero)
    for (const given of plan.study.questionnaires?.instruments ?? []) {
      const instrument = knownInstrument(given.code)
      const forms = all.get(given.code) ?? []
      const visits = byVisit(plan, forms)
      instrument.scores.forEach((score, which) => {
        const place = plan.effectCodes.indexOf(score.code)
        if (place < 0) return
        if (instrument.daily) writeMonths(at, points, plan, score, place, given, which, forms)
        else writeVisits(at, points, plan, score, place, given, which, visits)
      })
      for (const item of safetyEventsOf(instrument)) {
        const place = plan.effectCodes.indexOf(item.event.code)
        if (place >= 0) writeSafety(at, points, plan, item, place, instrument, visits)
      }
    }
  }
}
