import type { FieldName, Source } from '../source.ts'

/** Layouts that are told by columns nothing else has, in the order they are tried. */
export type SpecialLayout = Extract<
  Source['layout'],
  'rr-intervals' | 'attacks' | 'follow-ups' | 'stimulation' | 'adverse-events' | 'measurements' | 'assessments'
>

/**
 * Header names (`plainHeader`) of the fields that these layouts have beside the common ones of `HEADER_NAMES`.
 * An earlier field takes a column before a later one, an earlier name before a later.
 */
export const LAYOUT_HEADERS: Readonly<Record<SpecialLayout, readonly (readonly [FieldName, string])[]>> = {
  'rr-intervals': [
    ['rr', 'rr rrms rrs rri rrinterval rrintervalms rrintervals ibi ibims nn nnms nninterval'],
    ['taken', 'recordstart recordingstart recordedat starttime start taken'],
    ['sequence', 'sequence seq beat beatno index'],
    ['stimulating', 'stimulating stim duringstimulation stimulation'],
    ['record', 'record recordid recording recordname'],
    ['posture', 'posture position lage'],
    ['recordedBy', 'recordedby device geraet'],
  ],
  attacks: [
    ['t0', 't0 timezero dosetime timeofdose treatedat stimulationstart firststimulationtime'],
    ['attack', 'attack attackno attacknr attacknumber attackid attacke attackennr'],
    ['pain', 'pain pain0 paint0 painatt0 painbefore severity severity0'],
    ['mbs', 'mbs mostbothersomesymptom mostbothersome'],
    ['nausea', 'nausea nausea0'],
    ['photophobia', 'photophobia photophobia0'],
    ['phonophobia', 'phonophobia phonophobia0'],
    ['rescue', 'rescue rescueat rescuetime'],
    ['rescueAfter', 'rescueafter rescuemin rescueminutes rescueaftermin'],
    ['secondDose', 'seconddose seconddoseat seconddosetime'],
    ['secondDoseAfter', 'seconddoseafter seconddosemin seconddoseminutes'],
    ['nextHeadache', 'nextheadache nextheadacheat recurrenceat'],
    ['nextHeadacheAfter', 'nextheadacheafter nextheadachemin headachemin recurrencemin recurrenceafter'],
  ],
  'follow-ups': [
    ['t0', 't0 timezero dosetime timeofdose treatedat stimulationstart firststimulationtime'],
    ['attack', 'attack attackno attacknr attacknumber attackid attacke attackennr'],
    ['followUp', 'followup what kind entry entrykind'],
    ['minutes', 'aftermin minafter minutesafter aftert0 minutesaftert0 timeaftert0 minutes min'],
    ['taken', 'at taken takenat time readat'],
    ['pain', 'pain painlevel severity'],
  ],
  stimulation: [
    ['start', 'start starttime sessionstart startedat started begin beginn'],
    [
      'minutes',
      'minutes min durationmin durationminutes sessionminutes seconds durationsec durationseconds duration dauermin',
    ],
    ['current', 'current currentma currentua amplitude amplitudema stromstaerke'],
    ['pulseWidth', 'pulsewidth pulsewidthus pulsewidthms pulseus pulsems pulsbreite'],
    ['frequency', 'frequency frequencyhz freqhz freq frequenz'],
    ['onShare', 'onshare dutycycle dutycyclepercent'],
    ['prescribed', 'prescribed sessionsprescribed'],
    ['delivered', 'delivered sessionsdelivered sessions sitzungen'],
    ['completed', 'completed complete finished'],
    ['logGap', 'loggap loglost'],
    ['session', 'session sessionno sessionnumber'],
  ],
  'adverse-events': [
    ['term', 'aedecod preferredterm term aeterm adverseevent aename event ereignis unerwuenschtesereignis'],
    ['onset', 'onset onsetdate aestdtc aestdat aestart startdate start begin beginn debut'],
    ['resolved', 'resolved resolveddate aeendtc aeendat aeend enddate end stop ende'],
    ['organClass', 'organclass aesoc aebodsys soc systemorganclass class'],
    ['eventNumber', 'number aeno aenumber aeid aespid aeseq eventnumber eventid'],
    ['eventSeverity', 'severity aesev grade schweregrad'],
    ['serious', 'serious aeser sae schwerwiegend'],
    ['expected', 'expected anticipated'],
    ['relDevice', 'reldevice relateddevice devicerelated relatedness related aerel causality'],
    ['relProcedure', 'relprocedure relatedprocedure procedurerelated'],
    ['relStimulation', 'relstimulation relatedstimulation stimulationrelated'],
    ['relDrug', 'reldrug relateddrug drugrelated'],
    ['outcome', 'outcome aeout ausgang'],
  ],
  measurements: [
    ['taken', 'taken takenat sampledat sampletime collected lbdtc'],
    ['analyte', 'analyte test labtest lbtestcd parameter marker'],
    ['value', 'result value lborres wert ergebnis resultat'],
    ['unit', 'unit units lborresu einheit unite'],
    ['lloq', 'lloq lbllor loq'],
    ['uloq', 'uloq'],
  ],
  assessments: [
    ['instrument', 'questionnaire instrument form scale fragebogen qscat test'],
    ['item', 'item itemno itemnumber question frage qstestcd'],
    ['value', 'answer value response score antwort wert reponse qsorres'],
    ['version', 'version formversion'],
    ['language', 'language sprache langue'],
  ],
}
