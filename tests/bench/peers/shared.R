# What the R programs share: arguments, files, what a day and a window of the diary say in dplyr, and the last line. Expressions, not
# functions, where dplyr takes them: a function would hold the rows it was given until its end.
args <- commandArgs(TRUE)
fast <- requireNamespace("data.table", quietly = TRUE) # its fread is faster than dplyr's usual companions
read <- function(file, ...) as_tibble(if (fast) data.table::fread(file, ...) else read.csv(file))
write <- function(table, file) {
  if (fast) data.table::fwrite(table, file) else write.csv(table, file, row.names = FALSE, na = "")
}

flags <- c("headache", "pulsating", "nausea", "photophobia", "phonophobia", "triptan", "nsaid")
rates <- c("MHD", "MMD", "MSHD", "SEVHD", "NMHD", "HFD", "CCD", "HHRS", "AMD", "TRPD", "NSAD")

# mutate(!!!of_day): from `day` and the cells of the diary
of_day <- alist(
  visit = if_else(day < 0L, 0L, day %/% 28L + 1L),
  across(all_of(flags), ~ .x == "Y"),
  TRPD = headache & triptan,
  NSAD = headache & nsaid,
  AMD = headache & (triptan | nsaid),
  MHD = headache & (hours >= 4 | triptan | nsaid),
  MMD = headache & hours >= 4 & pulsating & severity >= 2 & (nausea | (photophobia & phonophobia)),
  MSHD = headache & ((severity >= 2 & hours >= 4) | triptan),
  SEVHD = headache & severity == 3L,
  NMHD = MHD & !MMD,
  HFD = !headache,
  CCD = !(headache | pulsating | nausea | photophobia | phonophobia | triptan | nsaid),
  HHRS = if_else(headache, as.numeric(hours), 0),
  HSEV = if_else(MHD, severity, NA_integer_)
)

# summarise(!!!of_window): by subject and visit
of_window <- alist(O = n(), across(all_of(rates), ~ sum(.x, na.rm = TRUE)), HSEV = mean(HSEV, na.rm = TRUE))

# mutate(!!!per_28_days): from the sums of a window
per_28_days <- alist(
  across(all_of(rates), ~ 28 * .x / O),
  HSEV = if_else(is.nan(HSEV), NA_real_, HSEV), MSMD = TRPD, SMPD = NSAD, MULTD = AMD
)

# Peak and processor time, as measure/report-peak.js says them for Node.
say_peak <- function() {
  status <- tryCatch(readLines("/proc/self/status"), error = function(e) character())
  kb <- as.numeric(sub("\\D*(\\d+).*", "\\1", grep("^VmHWM", status, value = TRUE)))
  peak <- if (length(kb) == 1) format(kb * 1024, scientific = FALSE) else "null"
  cpu <- sum(proc.time()[1:2])
  cat(sprintf('\n{"peakBytes":%s,"cpuSeconds":%.3f}\n', peak, cpu))
}
