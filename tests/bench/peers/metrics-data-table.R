# The aggregates of wideSql in data.table: `Rscript metrics-data-table.R DIARY SUBJECTS [OUT]`.
# Only the columns needed are read; conditions are columns, so that sums by group run in compiled code (GForce).
suppressPackageStartupMessages(library(data.table))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "shared.R"))

people <- fread(args[2], select = c("subject", "treatment_start"))
d <- fread(args[1], drop = "submitted")
d[people, start := i.treatment_start, on = "subject"]
d <- d[!is.na(start)]
d[, day := as.integer(date) - as.integer(start)]
d <- d[day >= -28L & day < 84L]
d[, visit := fifelse(day < 0L, 0L, day %/% 28L + 1L)]
d[, (flags) := lapply(.SD, `==`, "Y"), .SDcols = flags]
d[, `:=`(
  TRPD = headache & triptan,
  NSAD = headache & nsaid,
  AMD = headache & (triptan | nsaid),
  MHD = headache & (hours >= 4 | triptan | nsaid),
  MMD = headache & hours >= 4 & pulsating & severity >= 2 & (nausea | (photophobia & phonophobia)),
  MSHD = headache & ((severity >= 2 & hours >= 4) | triptan),
  SEVHD = headache & severity == 3L,
  HFD = !headache,
  CCD = !(headache | pulsating | nausea | photophobia | phonophobia | triptan | nsaid),
  HHRS = fifelse(headache, as.numeric(hours), 0)
)]
d[, `:=`(NMHD = MHD & !MMD, HSEV = fifelse(MHD, severity, NA_integer_))]
counts <- setdiff(rates, "HHRS")
d[, (counts) := lapply(.SD, as.integer), .SDcols = counts]
m <- d[, .(
  O = .N, MHD = sum(MHD, na.rm = TRUE), MMD = sum(MMD, na.rm = TRUE), MSHD = sum(MSHD, na.rm = TRUE),
  SEVHD = sum(SEVHD, na.rm = TRUE), NMHD = sum(NMHD, na.rm = TRUE), HFD = sum(HFD, na.rm = TRUE),
  CCD = sum(CCD, na.rm = TRUE), HHRS = sum(HHRS, na.rm = TRUE), HSEV = mean(HSEV, na.rm = TRUE),
  AMD = sum(AMD, na.rm = TRUE), TRPD = sum(TRPD, na.rm = TRUE), NSAD = sum(NSAD, na.rm = TRUE)
), by = .(subject, visit)]
m[, (rates) := lapply(.SD, function(n) 28 * n / O), .SDcols = rates]
m[, `:=`(DIARYOBS = O, DIARYCMP = 100 * O / 28, MSMD = TRPD, SMPD = NSAD, MULTD = AMD)]
m[is.nan(HSEV), HSEV := NA_real_]
if (length(args) > 2) fwrite(m, args[3])
say_peak()
