import type { FieldName } from '../study.ts'

/**
 * Header names by which people call a field, in English, German and French: lower case, letters and digits alone
 * (`plainHeader`). Order matters twice: an earlier field takes a column before a later one, an earlier name before a later.
 */
export const HEADER_NAMES: readonly (readonly [FieldName, string])[] = [
  [
    'subject',
    'usubjid subjid subjectid subject patientid patientnr patientno patient participantid participant probandid proband ' +
      'patid patnr recordid pseudonym identifiant numeropatient sujet userid pid id',
  ],
  ['site', 'siteid site centre center centreid centerid zentrum klinik'],
  [
    'treatmentStart',
    'treatmentstart trtsdt starttreatment firststimulation firstdose behandlungsbeginn therapiebeginn debuttraitement',
  ],
  ['randomised', 'randomised randomized randomisationdate randomizationdate randdate randomisierung dateinclusion'],
  ['enrolled', 'enrolled enrolment enrollment consentdate consent einwilligung einschluss consentement'],
  ['lastDay', 'lastday laststudyday eosdt endofstudy studienende finetude'],
  [
    'arm',
    'arm armcd treatmentgroup treatmentarm group trt treatment gruppe behandlung behandlungsgruppe bras groupe traitement',
  ],
  ['sex', 'sex gender geschlecht sexe'],
  ['age', 'age alter ageyears'],
  ['bmi', 'bmi imc'],
  ['start', 'starttime started start onset onsettime attackstart startdatetime begin beginn anfang debut von'],
  ['end', 'endtime ended end attackend enddatetime stop ende fin bis'],
  ['duration', 'lasted durationminutes durationhours duration dauer duree'],
  ['startOffset', 'startutcoffsetmin startoffset utcoffset'],
  ['endOffset', 'endutcoffsetmin endoffset'],
  ['date', 'diarydate entrydate reportdate date fulldate datum tag jour day datejour'],
  [
    'studyDay',
    'studyday ady relday dayofstudy daynumber dayno diaryday day time studientag behandlungstag tag jouretude jour',
  ],
  ['submitted', 'submitted submittedat completedat entrytime createdat timestamp eingabezeit saisi'],
  [
    'headache',
    'headache headacheday headachetoday anyheadache ha kopfschmerz kopfschmerzen kopfweh maldetete cephalee',
  ],
  ['migraine', 'migraine migraineday migraene migrane migraenetag'],
  ['painWorst', 'painworst worstpain painmax maxpain maxschmerz staerksterschmerz douleurmax'],
  ['painLeast', 'painleast leastpain painmin minpain geringsterschmerz douleurmin'],
  ['painNow', 'painnow currentpain paincurrent aktuellerschmerz douleuractuelle'],
  [
    'severity',
    'peakseverity severity intensity painlevel painintensity headacheseverity schwere staerke intensitaet schmerzstaerke ' +
      'intensite severite',
  ],
  [
    'painAvg',
    'painavg avgpain averagepain painaverage pain painnrs nrs nrsavg pi schmerz durchschnittsschmerz douleur douleurmoyenne',
  ],
  ['hours', 'hours headachehours durationh hoursofheadache duration stunden dauerstunden dauer heures duree'],
  ['nausea', 'nausea uebelkeit nausee nausees'],
  ['vomiting', 'vomiting erbrechen vomissement vomissements'],
  ['photophobia', 'photophobia lightsensitivity lichtempfindlichkeit lichtscheu photophobie'],
  ['phonophobia', 'phonophobia soundsensitivity laermempfindlichkeit phonophobie'],
  ['aura', 'aura'],
  ['unilateral', 'unilateral onesided einseitig'],
  ['pulsating', 'pulsating throbbing pulsierend pulsatile'],
  ['aggravated', 'aggravated aggravatedbyactivity verschlimmerung'],
  ['symptoms', 'symptoms symptome symptomes'],
  ['triptan', 'triptan triptans daystriptan triptane'],
  ['nsaid', 'nsaid nsaids nsar ains'],
  ['paracetamol', 'paracetamol acetaminophen'],
  ['asa', 'asa aspirin ass'],
  ['opioid', 'opioid opioids opiate opioide'],
  ['ergot', 'ergot ergotamine ergotamin'],
  ['combination', 'combination combinationanalgesic kombination'],
  ['gepant', 'gepant gepants'],
  ['ditan', 'ditan ditans'],
  ['visit', 'visit visitnum visitnumber avisitn period periode visite besuch zeitpunkt'],
  ['value', 'value aval wert valeur count anzahl score y'],
  ['taken', 'taken takenat intaketime einnahme einnahmezeit prise'],
  [
    'product',
    'product drug medicine medicationname helpfulmedication praeparat produit medication medikament medicament',
  ],
  [
    'acute',
    'acutemedication acutemed rescue rescuemedication painkiller medication akutmedikation schmerzmittel medikament medicament',
  ],
]

/** A header without what people vary: case, accents, blanks, punctuation; German umlauts written out. */
export function plainHeader(name: string): string {
  const spelled = name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
  return spelled.normalize('NFD').replace(/[^a-z0-9]/g, '')
}
