import type { Instrument } from './instrument.ts'
import { bdi2 } from './instruments/bdi2.ts'
import { bpi } from './instruments/bpi.ts'
import { dn4 } from './instruments/dn4.ts'
import { eq5d } from './instruments/eq5d.ts'
import { fiq } from './instruments/fiq.ts'
import { fiqr } from './instruments/fiqr.ts'
import { fmCriteria } from './instruments/fm-criteria.ts'
import { gad7 } from './instruments/gad7.ts'
import { hads } from './instruments/hads.ts'
import { hit6 } from './instruments/hit6.ts'
import { isi } from './instruments/isi.ts'
import { midas } from './instruments/midas.ts'
import { mpfid } from './instruments/mpfid.ts'
import { msq } from './instruments/msq.ts'
import { npsi } from './instruments/npsi.ts'
import { painDetect } from './instruments/paindetect.ts'
import { pcs } from './instruments/pcs.ts'
import { pgic } from './instruments/pgic.ts'
import { phq9 } from './instruments/phq9.ts'
import { PROMIS } from './instruments/promis.ts'
import { psqi } from './instruments/psqi.ts'
import { sf36 } from './instruments/sf36.ts'

/** Every instrument that can be scored, in byte order of the code. */
export const INSTRUMENTS: readonly Instrument[] = [
  bdi2,
  bpi,
  dn4,
  eq5d,
  fiq,
  fiqr,
  fmCriteria,
  gad7,
  hads,
  hit6,
  isi,
  midas,
  mpfid,
  msq,
  npsi,
  painDetect,
  pcs,
  pgic,
  phq9,
  ...PROMIS,
  psqi,
  sf36,
].sort((one, other) => (one.code < other.code ? -1 : 1))

/** The instrument of a code, or undefined. */
export const instrumentOf = (code: string): Instrument | undefined =>
  INSTRUMENTS.find((instrument) => instrument.code === code)
