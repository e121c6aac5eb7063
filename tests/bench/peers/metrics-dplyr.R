# The aggregates of wideSql in dplyr: `Rscript metrics-dplyr.R DIARY SUBJECTS [OUT]`.
# Files are read by data.table's fread, which is faster than dplyr's usual companions.
suppressPackageStartupMessages(library(dplyr))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "measured.R"))
args <- commandArgs(TRUE)
read <- function(file) as_tibble(data.table::fread(file))

people <- read(args[2]) |> transmute(subject, start = as.integer(as.Date(treatment_start)))
metrics <- read(args[1]) |>
  select(-submitted) |>
  inner_join(people, by = "subject") |>
  mutate(day = as.integer(as.Date(date)) - start) |>
  filter(day >= -28L, day < 84L) |>
  mutate(
    visit = if_else(day < 0L, 0L, day %/% 28L + 1L),
    across(c(headache, pulsating, nausea, photophobia, phonophobia, triptan, nsaid), ~ .x == "Y"),
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
  ) |>
  group_by(subject, visit) |>
  summarise(
    O = n(), across(c(MHD, MMD, MSHD, SEVHD, NMHD, HFD, CCD, HHRS, AMD, TRPD, NSAD), ~ sum(.x, na.rm = TRUE)),
    HSEV = mean(HSEV, na.rm = TRUE), .groups = "drop"
  ) |>
  mutate(
    across(c(MHD, MMD, MSHD, SEVHD, NMHD, HFD, CCD, HHRS, AMD, TRPD, NSAD), ~ 28 * .x / O),
    DIARYOBS = O, DIARYCMP = 100 * O / 28, MSMD = TRPD, SMPD = NSAD, MULTD = AMD,
    HSEV = if_else(is.nan(HSEV), NA_real_, HSEV)
  )
if (length(args) > 2) data.table::fwrite(metrics, args[3])
say_peak()
