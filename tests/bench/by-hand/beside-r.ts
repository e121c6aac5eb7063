import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrapFigures, bootstrapInterval, isMissing, mmrm, randomAt, type VisitTrial } from '@afferent/statistics'

/**
 * MMRM of 500 subjects and 6 visits, and 10,000 bootstrap resamples of a difference of means, beside nlme::gls and boot of R:
 * the same figures first, then the times. Says so where Rscript, nlme or boot is absent.
 */
const SUBJECTS = 500
const VISITS = 6
const RESAMPLES = 10_000
const RUNS = 5

const random = randomAt('1', 'beside R', 0)
const arm = Int32Array.from({ length: SUBJECTS }, (_, s) => s % 2)
const base = Float64Array.from({ length: SUBJECTS }, () => 10 + 2 * random.normal())
const values = new Float64Array(SUBJECTS * VISITS)
for (let s = 0; s < SUBJECTS; s++) {
  const own = random.normal()
  for (let v = 0; v < VISITS; v++) {
    const value = (base[s] as number) / 2 - (arm[s] as number) * v * 0.3 + own + random.normal()
    values[s * VISITS + v] = random.uniform() < 0.15 ? Number.NaN : value
  }
}
const trial: VisitTrial = {
  subjects: SUBJECTS,
  visits: VISITS,
  arms: 2,
  values,
  arm,
  covariates: [{ values: base, byVisit: true }],
  factors: [],
}

const R = `
suppressMessages({ library(nlme); library(boot) })
d <- read.csv("trial.csv"); d$visit <- factor(d$visit)
fit <- function() gls(y ~ visit * arm + visit * base, d, correlation = corSymm(form = ~ as.integer(visit) | id),
  weights = varIdent(form = ~ 1 | visit), method = "REML", na.action = na.omit)
m <- fit(); l <- rep(0, length(coef(m))); names(l) <- names(coef(m)); l["arm"] <- 1; l["visit6:arm"] <- 1
mm <- system.time(for (k in 1:3) fit())[["elapsed"]] / 3
w <- d[d$visit == 6 & !is.na(d$y), ]
stat <- function(x, i) { z <- x[i, ]; mean(z$y[z$arm == 1]) - mean(z$y[z$arm == 0]) }
set.seed(1); bt <- system.time(b <- boot(w, stat, ${RESAMPLES}, strata = w$arm))[["elapsed"]]
ci <- boot.ci(b, type = "perc")$percent[4:5]
cat(sum(l * coef(m)), sqrt(drop(t(l) %*% vcov(m) %*% l)), mm, b$t0, ci, bt, sep = "\\n")
`

function median(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return (times.sort((a, b) => a - b)[RUNS >> 1] as number) / 1000
}

const fitted = mmrm(trial, { reference: 0, df: 'satterthwaite' })
if (isMissing(fitted)) throw new Error(fitted.reason)
const ours = fitted.differences[VISITS - 1]?.[1]
if (ours === null || ours === undefined) throw new Error('no difference')
const mmrmS = median(() => void mmrm(trial, { reference: 0 }))

const seen = [...arm.keys()].filter((s) => !Number.isNaN(values[s * VISITS + VISITS - 1]))
const last = Float64Array.from(seen, (s) => values[s * VISITS + VISITS - 1] as number)
const groups = Int32Array.from(seen, (s) => arm[s] as number)
const statistic = (chosen: Uint32Array): number => {
  const sums = [0, 0]
  const counts = [0, 0]
  for (const place of chosen) {
    const group = groups[place] as number
    sums[group] = (sums[group] as number) + (last[place] as number)
    counts[group] = (counts[group] as number) + 1
  }
  return (sums[1] as number) / (counts[1] as number) - (sums[0] as number) / (counts[0] as number)
}
const resampling = { seed: '1', analysis: 'bench', groups, statistic }
const interval = bootstrapInterval(resampling, bootstrapFigures(resampling, 0, RESAMPLES))
if (isMissing(interval)) throw new Error(interval.reason)
const bootS = median(() => void bootstrapFigures(resampling, 0, RESAMPLES))
process.stdout.write(`MMRM ${mmrmS.toFixed(3)} s, ${RESAMPLES} resamples ${bootS.toFixed(3)} s\n`)

const folder = mkdtempSync(join(tmpdir(), 'afferent-beside-r-'))
try {
  const rows = Array.from(values, (y, cell) => {
    const s = Math.floor(cell / VISITS)
    return [s, (cell % VISITS) + 1, arm[s], base[s], Number.isNaN(y) ? '' : y].join(',')
  })
  writeFileSync(join(folder, 'trial.csv'), `id,visit,arm,base,y\n${rows.join('\n')}\n`)
  writeFileSync(join(folder, 'trial.R'), R)
  const answer = besideR(folder)
  if (answer === null) process.stdout.write('Rscript with nlme and boot is absent: nothing to compare with\n')
  else compare(answer)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function besideR(cwd: string): number[] | null {
  try {
    const said = execFileSync('Rscript', ['trial.R'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return said.trim().split('\n').map(Number)
  } catch {
    return null
  }
}

/** gls stops at a relative change of 1e-6 of its likelihood, so figures agree to four digits; draws differ, limits to 2 %. */
function compare([estimate, se, glsS, t0, lower, upper, rBootS]: readonly number[]): void {
  const near = (a: number, b: number | undefined, within: number, what: string): void => {
    if (b === undefined || Math.abs(a - b) > within * Math.max(Math.abs(b), 0.1))
      throw new Error(`${what}: ${a}, R ${b}`)
  }
  near(ours?.estimate as number, estimate, 1e-3, 'MMRM difference')
  near(ours?.se as number, se, 1e-3, 'MMRM standard error')
  if (isMissing(interval)) return
  near(interval.estimate, t0, 1e-6, 'difference of means') // R prints seven digits
  near(interval.percentileLower, lower, 0.03, 'lower limit')
  near(interval.percentileUpper, upper, 0.03, 'upper limit')
  const line = (what: string, own: number, theirs = Number.NaN): string =>
    `${what}: ${own.toFixed(3)} s beside ${theirs.toFixed(3)} s of R, ${(theirs / own).toFixed(0)} times faster\n`
  process.stdout.write(`the same figures\n${line('MMRM', mmrmS, glsS)}${line('bootstrap', bootS, rBootS)}`)
}
