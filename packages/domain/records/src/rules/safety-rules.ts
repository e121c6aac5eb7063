import { type Rule, rule } from './rule.ts'

/** Stimulation, adverse events, and the guess of the treatment. */
export const SAFETY_RULES = {
  'clock-reset': rule(
    'error',
    'row',
    'a stimulation session is not dated to the factory date of a device clock (1970, January 2000)',
    'a clock that was reset says nothing about the day of the session',
    'correct the date from the diary, or say with logGap that the log of the day is lost',
  ),
  'session-long': rule(
    'warning',
    'row',
    'a stimulation session lasts at most twice its nominal length (adherence.sessionMinutes)',
    'a far longer one is more often two sessions in one entry, or another unit',
    'ask the site; set the unit of the minutes',
  ),
  'session-overlap': rule(
    'warning',
    'subject',
    'stimulation sessions of a subject do not overlap',
    'two at once come from a shifted clock, a second device or a double upload; both are counted',
    'ask the site which of the two is right',
  ),
  'sessions-many': rule(
    'warning',
    'subject',
    'a day has few sessions beyond those prescribed (adherence.surplusSessions)',
    'many more are a double upload or a fault of the device; adherence counts those prescribed',
    'ask the site; raise surplusSessions if so many are allowed',
  ),
  'onset-unknown': rule(
    'warning',
    'row',
    'an adverse event says when it began',
    'without a date it is taken to have begun with the first treatment, as late as its end allows',
    'ask the site; a year alone is worth something',
  ),
  'severity-missing': rule(
    'warning',
    'row',
    'an adverse event has a severity',
    'without one it counts as an event, below every severity that is known',
    'ask the site',
  ),
  'relatedness-missing': rule(
    'warning',
    'row',
    'the relation of an adverse event is answered where the export asks for it (ISO 14155)',
    'an unknown relation counts as related',
    'ask the site',
  ),
  'terms-uncoded': rule(
    'info',
    'file',
    'terms of adverse events are coded (MedDRA) and come with their class',
    'terms as reported are counted word by word, and no class is counted',
    'none needed; export the coded term and its system organ class if the analysis wants them',
  ),
  'guess-unknown': rule(
    'warning',
    'subject',
    "a subject's guess of the treatment is an arm of the study file, or unknown",
    'another word has no meaning here, and the guess is left out',
    'correct the guess, or map its word under values',
  ),
} as const satisfies Record<string, Rule>
