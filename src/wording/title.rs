//! Titles and first sentences that are true: made from the numbers on the chart, at the precision that is printed.
//!
//! A ratio is higher or lower, a lead is wider or narrower. The lead is that of the region that is ahead in the base year,
//! whichever the scenario names first.

use crate::metric::Observed;
use crate::scenario::short_name;
use crate::summary::{Estimate, Probability};

use super::chance::Chance;
use super::cited::Cited;
use super::money_unit::MoneyUnit;
use super::outlook::Outlook;
use super::text::{Piece, Text};

/// The chance of one direction, with the words of that direction.
#[derive(Clone, Copy)]
struct Odds<'a> {
    chance: &'a Cited<Probability>,
    direction: fn(&Cited<Probability>) -> Piece,
}

impl Odds<'_> {
    /// Words of chance that the simulation carries; none of a few paths.
    fn word(self) -> Option<Chance> {
        Chance::carried(&self.chance.value)
    }

    fn is_open(self) -> bool {
        self.word() == Some(Chance::EitherWay)
    }

    /// `likely to be higher`, or `higher` alone where few paths carry no word.
    fn likely(self) -> Text {
        let words = self.chance.chance().map(|words| Text::from(words) + " to be ");
        words.unwrap_or_default() + (self.direction)(self.chance)
    }

    /// `is likely to be higher in 2030 than in 2023 (71% of paths)`, `could go either way: higher in 52% of paths`; of few paths
    /// nothing but the count: `is higher in 2030 than in 2023 in 60% of so few paths`.
    fn clause(self, years: &str, of_paths: &str) -> Text {
        if self.word().is_none() {
            let few = if of_paths.is_empty() { String::new() } else { of_paths.replacen("of ", "of so few ", 1) };
            let direction = Text::from("is ") + (self.direction)(self.chance) + years;
            return direction + " in " + self.chance.sided_share() + few;
        }
        if self.is_open() {
            let open = Text::from("could go either way: ") + (self.direction)(self.chance);
            return open + " in " + self.chance.sided_share() + of_paths;
        }
        Text::from("is ") + self.likely() + years + " (" + self.chance.sided_share() + of_paths + ")"
    }
}

impl Outlook {
    fn odds(&self) -> [Odds<'_>; 2] {
        let of_lead: fn(&Cited<Probability>) -> Piece =
            if self.is_follow_leading() { Cited::narrower } else { Cited::wider };
        let of_ratio: fn(&Cited<Probability>) -> Piece =
            if self.ratio_moves { Cited::higher_or_lower } else { Cited::higher };
        [
            Odds { chance: &self.wider_as_ratio, direction: of_ratio },
            Odds { chance: &self.wider_in_dollars, direction: of_lead },
        ]
    }

    /// `the US lead in dollars`, `China’s lead in 2023 yuan`.
    fn lead_in_money(&self) -> String {
        self.money.lead_of(self.leader())
    }

    /// The lead in money at the beginning of a title, without its article.
    fn title_of_lead(&self) -> String {
        let words = self.lead_in_money();
        words.strip_prefix("the ").unwrap_or(&words).to_owned()
    }
}

/// The first sentence of the story.
#[must_use]
pub fn headline(outlook: &Outlook) -> Text {
    let Outlook { lead, follow, base_year, horizon, .. } = outlook;
    let [ratio, money] = outlook.odds();
    let years = format!(" in {horizon} than in {base_year}");
    let subject = if ratio.is_open() {
        format!("The {horizon} {lead}/{follow} ratio ")
    } else {
        format!("The {lead}/{follow} ratio ")
    };
    let of_ratio = Text::from(subject) + ratio.clause(&years, " of simulated futures, or paths");
    let of_money = Text::from(format!("; {} ", outlook.lead_in_money())) + money.clause("", "") + ".";
    who_leads(outlook).unwrap_or_default() + of_ratio + of_money
}

/// Who is ahead in the base year, where that is not the region that the scenario names first.
fn who_leads(outlook: &Outlook) -> Option<Text> {
    let (base, leader) = (outlook.base_year, outlook.leader());
    let size = || outlook.gap.money_size(outlook.money);
    outlook.is_follow_leading().then(|| Text::from(format!("{leader} led by ")) + size() + format!(" in {base}. "))
}

/// Title of the funding fan: it names the spread, because two medians side by side would read as a forecast.
#[must_use]
pub fn funding_title(
    horizon: i32,
    money: MoneyUnit,
    lead: (&str, Option<Cited<[Estimate; 2]>>),
    follow: (&str, Option<Cited<[Estimate; 2]>>),
) -> Text {
    let names = [lead.0, follow.0].map(short_name);
    match (lead.1, follow.1) {
        (Some(a), Some(b)) => {
            let first = Text::from(format!("{} funding in {horizon}: ", names[0])) + a.money_range(money);
            first + format!(" in 80% of paths, {} ", possessive(&names[1])) + b.money_range(money)
        }
        _ => format!("AI funding of {} and {} to {horizon}", names[0], names[1]).into(),
    }
}

/// `China’s`, `Rest of the world’s`, `that of the US`.
pub(super) fn possessive(name: &str) -> String {
    match name {
        name if name.chars().all(char::is_uppercase) => format!("that of the {name}"),
        name if name.ends_with('s') => format!("{name}’"),
        name => format!("{name}’s"),
    }
}

/// `China`, `the US`.
pub(super) fn with_article(name: &str) -> String {
    if name.chars().all(char::is_uppercase) { format!("the {name}") } else { name.to_owned() }
}

/// Title of the gap chart: what happens to the lead in money and to the ratio, with words of chance.
#[must_use]
pub fn gap_title(outlook: &Outlook) -> Text {
    let Outlook { lead, follow, horizon, .. } = outlook;
    let [ratio, money] = outlook.odds();
    let direction = |odds: Odds| Text::from((odds.direction)(odds.chance));
    const OPEN: &str = "could go either way";
    let of_money = || Text::from(outlook.title_of_lead()) + " ";
    if ratio.word().is_none() || money.word().is_none() {
        // Shares of so few paths stand on no axis of the chart.
        let few = Text::from(format!("On so few paths {} is mostly ", outlook.lead_in_money()));
        return few + direction(money) + format!(" in {horizon}, the ratio mostly ") + direction(ratio);
    }
    match (ratio.is_open(), money.is_open()) {
        (true, true) => of_money() + format!("{OPEN} in {horizon}, and so could the ratio"),
        (true, false) => of_money() + money.likely() + format!(" in {horizon}; ratio {OPEN}"),
        (false, true) => {
            let way = Text::from(format!("{lead}/{follow} ratio ")) + ratio.likely();
            way + format!(" in {horizon}; lead {OPEN}")
        }
        // One word of chance for both where it is that of both.
        (false, false) if ratio.word() == money.word() => {
            of_money() + money.likely() + format!(" in {horizon}, the ratio ") + direction(ratio)
        }
        (false, false) => {
            let word = ratio.chance.chance().map(|words| Text::from(words) + " ").unwrap_or_default();
            of_money() + money.likely() + format!(" in {horizon}, ratio ") + word + direction(ratio)
        }
    }
}

/// Subtitle of the gap chart: both shares, with the level they are held against; and whether a part stands out.
#[must_use]
pub fn gap_subtitle(outlook: &Outlook) -> [(Text, bool); 4] {
    let base = outlook.base_year;
    let above_ratio = Text::from(format!(" end above the {base} ratio of ")) + outlook.about_ratio() + "; ";
    let above_gap = if outlook.is_follow_leading() {
        let ahead = format!(" end with {} ahead by more than the ", outlook.leader());
        Text::from(ahead) + outlook.gap.money_size(outlook.money) + format!(" of {base}")
    } else {
        Text::from(format!(" end above the {base} gap of ")) + outlook.gap.money(outlook.money)
    };
    [
        (Text::from(outlook.wider_as_ratio.share()) + " of simulated paths", true),
        (above_ratio, false),
        (outlook.wider_in_dollars.share_of(!outlook.is_follow_leading()).into(), true),
        (above_gap, false),
    ]
}

/// Title of the chart of probabilities: both shares, of the columns that are drawn.
#[must_use]
pub fn probability_title(outlook: &Outlook) -> Text {
    let horizon = outlook.horizon;
    let [ratio, money] = outlook.odds();
    let of_money = Text::from(outlook.title_of_lead()) + " ";
    let of_money = if money.is_open() {
        let direction = Text::from((money.direction)(money.chance));
        of_money + format!("could go either way in {horizon}: ") + direction + " in " + money.chance.sided_share()
    } else {
        of_money + money.likely() + format!(" in {horizon} (") + money.chance.sided_share() + ")"
    };
    of_money + ", ratio higher in " + ratio.chance.share()
}

/// Title of the chart of sources: the ratios of the base year that each of them states.
#[must_use]
pub fn sources_title(base_year: i32, regions: &[String; 2], ratios: &[Cited<Observed>]) -> Text {
    let mut words: Vec<Text> = ratios.iter().map(|ratio| Text::from(ratio.ratio())).collect();
    let [lead, follow] = regions;
    match words.pop() {
        Some(last) if !words.is_empty() => {
            let is = Text::from(format!("The {base_year} {lead}/{follow} ratio is ")) + Text::joined(words, ", ");
            is + " or " + last + ", depending on who counts"
        }
        _ => format!("The {base_year} {lead}/{follow} ratio by source").into(),
    }
}
