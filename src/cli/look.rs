//! Flags that say how charts are drawn and written, the same for every command that draws.

use crate::study::{Look, Preset, Theme};

/// How charts are drawn and written.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct LookFlags {
    /// Where the charts are going to stand: note, column, phone, slide, half-slide, web or social.
    #[arg(long, value_name = "NAME", default_value = "note", value_parser = preset, hide_default_value = true)]
    preset: Preset,
    /// Colours: light or dark.
    #[arg(long, value_name = "NAME", default_value = "light", value_parser = theme, hide_default_value = true)]
    theme: Theme,
    /// Give every band an edge.
    #[arg(long)]
    high_contrast: bool,
    /// Draw fans without their median.
    #[arg(long)]
    no_median: bool,
    /// Write text as text in the SVG, to be edited; it is drawn in Inter.
    #[arg(long)]
    svg_text: bool,
    /// Write a vector PDF besides.
    #[arg(long)]
    pdf: bool,
}

fn preset(text: &str) -> Result<Preset, String> {
    let found = Preset::ALL.into_iter().find(|preset| preset.name() == text);
    found.ok_or_else(|| format!("write one of {}", Preset::ALL.map(Preset::name).join(", ")))
}

fn theme(text: &str) -> Result<Theme, String> {
    Theme::ALL.into_iter().find(|theme| theme.name() == text).ok_or_else(|| "write light or dark".to_owned())
}

impl LookFlags {
    /// What they ask for, with so many single paths.
    pub(crate) fn look(&self, hairlines: Option<u16>) -> Look {
        Look {
            charts: true,
            preset: self.preset,
            theme: self.theme,
            high_contrast: self.high_contrast,
            median: !self.no_median,
            hairlines: hairlines.unwrap_or(0),
            svg_text: self.svg_text,
            pdf: self.pdf,
        }
    }
}
