# What an analyst writes in dplyr for the simulated trial, from its two CSV files to adsl.csv, adeff.csv and a table of responders:
# `Rscript trial-dplyr.R DIARY SUBJECTS FOLDER`. Late entries (more than 48 h after the end of their day) and second copies are
# left out, windows of 28 days prorated, 14 days needed (20 at baseline), missing responses are none. 17 parameters.
suppressPackageStartupMessages(library(dplyr))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "shared.R"))
study <- "simulated-migraine-prevention"

people <- read(args[2], tz = "") |>
  mutate(
    start = as.Date(treatment_start), stay = as.integer(as.Date(last_day) - start) + 1L,
    USUBJID = paste0(study, "-", subject)
  )
days <- read(args[1], tz = "") |>
  mutate(submitted = as.character(submitted), date = as.Date(date)) |>
  mutate(late = as.integer(as.Date(substr(submitted, 1, 10)) - date)) |>
  filter(late < 3L | (late == 3L & substr(submitted, 12, 16) == "00:00")) |>
  distinct(subject, date, .keep_all = TRUE) |>
  inner_join(select(people, subject, start), by = "subject") |>
  mutate(day = as.integer(date - start)) |>
  filter(day >= -28L, day < 112L) |>
  mutate(!!!of_day)

wide <- days |>
  group_by(subject, visit) |>
  summarise(!!!of_window, .groups = "drop") |>
  left_join(select(people, subject, stay), by = "subject") |>
  mutate(
    !!!per_28_days,
    DIARYOBS = as.numeric(O), # Days of a window after the last study day were not asked for.
    DIARYCMP = 100 * O / if_else(visit == 0L, 28L, pmin(28L, stay - (visit - 1L) * 28L))
  )

diary <- c("DIARYOBS", "DIARYCMP")
codes <- c(rates, "HSEV", "MSMD", "SMPD", "MULTD", diary)
better <- c("HFD", "CCD")
long <- bind_rows(lapply(codes, function(code) {
  transmute(wide, subject, AVISITN = visit, NOBS = O, PARAMCD = code, AVAL = .data[[code]])
})) |>
  mutate(AVAL = if_else(PARAMCD %in% diary | NOBS >= if_else(AVISITN == 0L, 20L, 14L), AVAL, NA_real_))
base <- long |> filter(AVISITN == 0L) |> select(subject, PARAMCD, BASE = AVAL)
crit <- function(fall, asked, cut) if_else(asked, if_else(coalesce(fall >= cut - 1e-9, FALSE), "Y", "N"), NA_character_)
adeff <- long |>
  left_join(base, by = c("subject", "PARAMCD")) |>
  left_join(select(people, subject, USUBJID, TRTP = arm, start), by = "subject") |>
  mutate(
    CHG = if_else(AVISITN > 0L, AVAL - BASE, NA_real_),
    PCHG = if_else(AVISITN > 0L & BASE != 0, 100 * (AVAL - BASE) / BASE, NA_real_),
    fall = if_else(PARAMCD %in% better, PCHG, -PCHG),
    asked = AVISITN > 0L & BASE > 0 & !(PARAMCD %in% diary),
    CRIT1FL = crit(fall, asked, 30), CRIT2FL = crit(fall, asked, 50),
    CRIT3FL = crit(fall, asked, 75), CRIT4FL = crit(fall, asked, 100),
    STUDYID = study, AVISIT = if_else(AVISITN == 0L, "Baseline", paste("Weeks", AVISITN * 4 - 3, "to", AVISITN * 4)),
    ADT = start + if_else(AVISITN == 0L, -1L, AVISITN * 28L - 1L)
  ) |>
  select(-fall, -asked, -start, -subject) |>
  arrange(USUBJID, PARAMCD, AVISITN)

last <- adeff |> filter(PARAMCD == "MMD", AVISITN == 4L)
adsl <- people |>
  left_join(select(last, USUBJID, RSP30 = CRIT1FL, RSP50 = CRIT2FL, RSP75 = CRIT3FL, RSP100 = CRIT4FL), by = "USUBJID")
responders <- last |>
  group_by(TRTP) |>
  summarise(
    n = sum(!is.na(CRIT2FL)), yes = sum(CRIT2FL == "Y", na.rm = TRUE),
    baseline = mean(BASE, na.rm = TRUE), change = mean(CHG, na.rm = TRUE)
  )
write(adsl, file.path(args[3], "adsl.csv"))
write(adeff, file.path(args[3], "adeff.csv"))
write(responders, file.path(args[3], "responders.csv"))
say_peak()
