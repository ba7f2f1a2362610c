# Reads a run folder and draws the band of the ratio with ggplot2:
#   aigap simulate scenarios/base.toml
#   Rscript examples/r/read_run_ggplot2.R output/base ratio.png
library(ggplot2)

flags <- commandArgs(trailingOnly = TRUE)
fan <- read.csv(file.path(flags[1], "fan.csv"), check.names = FALSE)
rows <- fan[fan$metric == "ratio", ]
simulated <- rows[!is.na(rows$p50), ]
print(simulated[, c("year", "p10", "p50", "p90")], row.names = FALSE)

# A point in a name, as in p2.5, is taken in backquotes: .data[["p2.5"]] or `p2.5`.
drawn <- ggplot(simulated, aes(year)) +
  geom_ribbon(aes(ymin = `p2.5`, ymax = `p97.5`), fill = "grey90") +
  geom_ribbon(aes(ymin = p10, ymax = p90), fill = "grey75") +
  geom_line(aes(y = p50)) +
  geom_point(aes(y = observed), rows[!is.na(rows$observed), ]) +
  scale_y_log10() +
  labs(x = NULL, y = "times", title = paste("US / China,", rows$scenario[1]),
       caption = "Line: median. Dark band: 80% of paths. Light band: 95%. Points: observed.") +
  theme_minimal()
ggsave(flags[2], drawn, width = 7, height = 4, dpi = 150, bg = "white")
