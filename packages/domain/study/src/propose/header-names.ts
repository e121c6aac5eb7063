import type { FieldName } from '../source.ts'

/**
 * Header names by which people call a field, in English, German and French: lower case, letters and digits alone
 * (`plainHeader`). Order matters twice: an earlier field takes a column before a later one, an earlier name before a later.
 */
export const HEADER_NAMES: readonly (readonly [FieldName, string])[] = [
  [
    'subject',
    'usubjid subjid subjectid subject patientid patientnr patientno patient participantid participant probandid proband ' +
      'patid patnr patientnumber patientcode patientennummer patientennr patientencode probandennummer probandennr ' +
      'subjectnumber subjectcode fallnummer recordid pseudonym identifiant numeropatient codepatient sujet userid pid id',
  ],
  ['site', 'siteid site centre center centreid centerid zentrum klinik'],
  [
    'treatmentStart',
    'treatmentstart treatmentstartdate txstart txstartdate trtsdt trtstart trtstartdate starttreatment startoftreatment ' +
      'firsttreatment firsttreatmentdate firststimulation firststimulationdate firstdose firstdosedate ' +
      'behandlungsbeginn behandlungsstart therapiebeginn therapiestart debuttraitement',
  ],
  ['randomised', 'randomised randomized randomisationdate randomizationdate randdate randomisierung dateinclusion'],
  ['enrolled', 'enrolled enrolment enrollment consentdate consent einwilligung einschluss consentement'],
  ['lastDay', 'lastday laststudyday eosdt endofstudy studienende finetude'],
  [
    'arm',
    'arm armcd randomizationarm randomisationarm randomarm randarm treatmentgroup treatmentarm studyarm group trt treatment ' +
      'gruppe behandlung behandlungsgruppe behandlungsarm therapiegruppe therapiearm studienarm bras groupe traitement',
  ],
  ['sex', 'sex gender geschlecht sexe'],
  ['age', 'age alter ageyears'],
  ['bmi', 'bmi imc'],
  ['painDuration', 'yearsill diseaseduration yearssinceonset erkrankungsdauer'],
  ['surgery', 'surgery surgerydate implantation implantdate operationsdatum'],
  ['treatmentEnd', 'treatmentend trtedt lasttreatment laststimulation lastdose behandlungsende'],
  ['clusterType', 'clustertype'],
  ['guess', 'guess treatmentguess'],
  [
    'start',
    'starttime started start onset onsettime attackstart startdatetime startdate begin beginn attackenbeginn anfang debut von',
  ],
  ['end', 'endtime ended end attackend enddatetime enddate stop ende attackenende fin bis'],
  [
    'duration',
    'lasted durationminutes durationmin durationhours durationh duration dauerminuten dauermin dauerstunden dauerh dauer duree',
  ],
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
  ['painWorst', 'painworst worstpain painmax maxpain maxschmerz staerksterschmerz schlimmsterschmerz douleurmax'],
  ['painLeast', 'painleast leastpain painmin minpain geringsterschmerz douleurmin'],
  ['painNow', 'painnow currentpain paincurrent aktuellerschmerz douleuractuelle'],
  [
    'severity',
    'peakseverity severity intensity painlevel painintensity headacheseverity headacheintensity schwere staerke intensitaet ' +
      'schmerzstaerke schmerzintensitaet kopfschmerzstaerke intensite severite',
  ],
  [
    'painAvg',
    'painavg avgpain averagepain painaverage pain painscore painnrs nrs nrsavg vas pi schmerz schmerzen durchschnittsschmerz ' +
      'mittlererschmerz douleur douleurmoyenne',
  ],
  [
    'hours',
    'hours headachehours durationh durationhours hoursofheadache headacheduration duration stunden dauerstunden dauerh dauer ' +
      'heures duree',
  ],
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
  ['oxygen', 'oxygen sauerstoff oxygene'],
  ['visit', 'visit visitnum visitnumber avisitn period periode visite besuch zeitpunkt'],
  ['value', 'value aval wert valeur count anzahl score y'],
  ['taken', 'taken takenat intaketime einnahme einnahmezeit prise'],
  [
    'product',
    'product drug medicine medicationname medicationtaken acutemedicationname helpfulmedication praeparat produit medication ' +
      'medikament medikamente medikation akutmedikament medicament medicaments',
  ],
  [
    'acute',
    'acutemedication acutemed rescue rescuemedication painkiller medication medicationtaken akutmedikation schmerzmittel ' +
      'medikament medicament',
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

/** What follows the name of a question in many exports and says nothing about which question it is: headache_yn, Schmerz VAS. */
const ANSWER_FORM = /[^\p{L}\p{N}]+(yn|jn|ja\/nein|yes\/no|oui\/non|nrs|vas|mm|dt)$/iu

/** The header as it stands, without a remark in brackets, and without the form of the answer: 'Pain (0-10)' is pain too. */
export function headerSpellings(name: string): readonly string[] {
  const bare = name.replace(/\s*[([][^)\]]*[)\]]\s*$/, '')
  return [...new Set([name, bare, bare.replace(ANSWER_FORM, '')].map(plainHeader))]
}
