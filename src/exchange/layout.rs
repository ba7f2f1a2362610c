//! The layouts that are known, by their words, their titles and the headings that each needs.

/// A way to lay out figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The project's own CSV, maybe with other signs between its columns.
    Own,
    /// Our World in Data: `Entity,Code,Year` and figures.
    OurWorldInData,
    /// World Bank: a preamble, then `Country Name,Country Code,Indicator Name,Indicator Code` and years.
    WorldBank,
    /// IAMC: `Model,Scenario,Region,Variable,Unit` and years, or `year,value`.
    Iamc,
    /// Target data of a hub: `target_end_date,target,location,observation`.
    Hubverse,
    /// SDMX as the OECD and other offices hand it out: `REF_AREA,TIME_PERIOD,OBS_VALUE`.
    Sdmx,
    /// Any table of regions by years, such as those of NCSES and OECD.AI.
    Table,
    /// A list of deals, one in a row.
    Deals,
}

impl Layout {
    /// Every layout, in the order in which they are tried.
    pub const ALL: [Self; 8] = [
        Self::Own,
        Self::WorldBank,
        Self::Iamc,
        Self::Hubverse,
        Self::Sdmx,
        Self::OurWorldInData,
        Self::Table,
        Self::Deals,
    ];

    /// Its word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::OurWorldInData => "owid",
            Self::WorldBank => "world-bank",
            Self::Iamc => "iamc",
            Self::Hubverse => "hubverse",
            Self::Sdmx => "sdmx",
            Self::Table => "table",
            Self::Deals => "deals",
        }
    }

    /// The layout in words for users.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Own => "figures in this program's own columns",
            Self::OurWorldInData => "Our World in Data, a row for each country and year",
            Self::WorldBank => "World Bank, years in columns",
            Self::Iamc => "IAMC scenario data",
            Self::Hubverse => "hubverse target data",
            Self::Sdmx => "SDMX, as the OECD hands it out",
            Self::Table => "a table of regions by years",
            Self::Deals => "a list of deals",
        }
    }

    /// Headings that it is known by.
    pub(super) fn needs(self) -> &'static str {
        match self {
            Self::Own => "region, year, metric, value, unit, source and vintage",
            Self::OurWorldInData => "Entity, Year and a figure",
            Self::WorldBank => "Country Name, Country Code, Indicator Name and years",
            Self::Iamc => "Model, Scenario, Region, Variable, Unit, and years or year and value",
            Self::Hubverse => "target_end_date, location and observation",
            Self::Sdmx => "REF_AREA, TIME_PERIOD and OBS_VALUE",
            Self::Table => {
                "a column of regions and columns of years, a column of years and columns of regions, or both and figures"
            }
            Self::Deals => "a date, an amount and a country, named by --map",
        }
    }
}
