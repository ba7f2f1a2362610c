# Reads a run folder, prints the band of the ratio, and draws it, with base R alone:
#   aigap simulate scenarios/base.toml
#   Rscript examples/r/read_run.R output/base ratio.pdf
flags <- commandArgs(trailingOnly = TRUE)
fan <- read.csv(file.path(flags[1], "fan.csv"), check.names = FALSE)
rows <- fan[fan$metric == "ratio", ]
simulated <- rows[!is.na(rows$p50), ]
print(simulated[, c("year", "p10", "p50", "p90")], row.names = FALSE)

pdf(flags[2], width = 7, height = 4)
plot(range(rows$year), range(simulated$p10, simulated$p90, rows$observed, na.rm = TRUE),
     type = "n", log = "y", las = 1, main = paste("US / China,", rows$scenario[1]),
     xlab = "Line: median. Band: 80% of paths. Points: observed.", ylab = "times")
polygon(c(simulated$year, rev(simulated$year)), c(simulated$p10, rev(simulated$p90)), col = "grey85", border = NA)
lines(simulated$year, simulated$p50, lwd = 2)
points(rows$year, rows$observed, pch = 19)
invisible(dev.off())
