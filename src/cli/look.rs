//! Flags that say how charts are drawn and written, the same for every command that draws.

use crate::chart::pictures::Look;
use crate::draw::{Preset, Style, Theme};

/// How charts are drawn and written.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Flags {
    /// Where the charts are going to stand: note, column, slide, half-slide, web or social.
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

impl Flags {
    /// What they ask for, with so many single paths.
    pub fn look(&self, hairlines: u16) -> Look {
        let style = Style {
            preset: self.preset,
            theme: self.theme,
            high_contrast: self.high_contrast,
            median: !self.no_median,
            hairlines: usize::from(hairlines),
        };
        Look { style, live: self.svg_text, pdf: self.pdf }
    }

    /// The flags as they belong into the command that makes a run again.
    pub fn command(&self) -> String {
        let mut command = String::new();
        if self.preset != Preset::Note {
            command += &format!(" --preset {}", self.preset.name());
        }
        if self.theme != Theme::Light {
            command += &format!(" --theme {}", self.theme.name());
        }
        let switches = [
            (self.high_contrast, " --high-contrast"),
            (self.no_median, " --no-median"),
            (self.svg_text, " --svg-text"),
            (self.pdf, " --pdf"),
        ];
        switches.iter().filter(|(on, _)| *on).for_each(|(_, flag)| command += flag);
        command
    }
}
