//! Stored runs in the formats that other people's tools read: hubs of forecasts, integrated assessment, data packages,
//! data frames and databases, statistics programs. The numbers are those of the run's tables, digit for digit.

mod hubverse;
mod iamc;
mod package;
mod parquet;
mod plain_names;
mod run;

pub use run::{NotExported, Run, RunTable};

use crate::store::{Files, RunFolder};

/// A format to write a run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Model output of a hub: quantiles, means, medians, samples and chances of yes and no.
    Hubverse,
    /// Scenario data of integrated assessment: variables by region, years in columns and in rows.
    Iamc,
    /// Every table of the run with its columns described.
    DataPackage,
    /// Every table with typed columns, and their units inside.
    Parquet,
    /// Every table with names of columns that Stata and SQL take, and labels for Stata.
    StataCsv,
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: [Self; 5] = [Self::Hubverse, Self::Iamc, Self::DataPackage, Self::Parquet, Self::StataCsv];

    /// Its word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hubverse => "hubverse",
            Self::Iamc => "iamc",
            Self::DataPackage => "datapackage",
            Self::Parquet => "parquet",
            Self::StataCsv => "stata-csv",
        }
    }

    /// How its files are opened, with a folder in place of `{folder}`.
    #[must_use]
    pub fn opened_by(self) -> &'static str {
        match self {
            Self::Hubverse => "hubdata.connect_hub(\"{folder}\") in Python, or hubData::connect_hub(\"{folder}\") in R",
            Self::Iamc => "pyam.IamDataFrame(\"{folder}/iamc.csv\") in Python",
            Self::DataPackage => "frictionless validate {folder}/datapackage.json",
            Self::Parquet => {
                "pandas.read_parquet(\"{folder}/fan.parquet\") in Python, or FROM '{folder}/fan.parquet' in DuckDB"
            }
            Self::StataCsv => "do labels.do in Stata, within {folder}",
        }
    }
}

/// The files of a stored run in a format.
///
/// # Errors
/// If the run does not hold what the format needs, or was changed since it was made.
pub fn files(folder: &RunFolder, format: Format) -> Result<Files, NotExported> {
    let run = Run::read(folder)?;
    match format {
        Format::Hubverse => hubverse::files(&run),
        Format::Iamc => iamc::files(&run),
        Format::DataPackage => Ok(package::files(&run)),
        Format::Parquet => Ok(parquet::files(&run)),
        Format::StataCsv => Ok(plain_names::files(&run)),
    }
}
