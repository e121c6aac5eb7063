# The aggregates of wideSql in dplyr: `Rscript metrics-dplyr.R DIARY SUBJECTS [OUT]`.
suppressPackageStartupMessages(library(dplyr))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "shared.R"))

people <- read(args[2]) |> transmute(subject, start = as.integer(as.Date(treatment_start)))
metrics <- read(args[1]) |>
  select(-submitted) |>
  inner_join(people, by = "subject") |>
  mutate(day = as.integer(as.Date(date)) - start) |>
  filter(day >= -28L, day < 84L) |>
  mutate(!!!of_day) |>
  group_by(subject, visit) |>
  summarise(!!!of_window, .groups = "drop") |>
  mutate(!!!per_28_days, DIARYOBS = O, DIARYCMP = 100 * O / 28)
if (length(args) > 2) write(metrics, args[3])
say_peak()
