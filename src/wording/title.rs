//! Titles that are true: generated from the numbers on the chart, at the precision that is printed.

use crate::scenario::short_name;
use crate::summary::Estimate;

use super::chance::Chance;
use super::money_unit::MoneyUnit;
use super::number::ratio;
use super::outlook::Outlook;
use super::text::Text;

/// The first sentence of the story.
#[must_use]
pub fn headline(outlook: &Outlook) -> Text {
    let Outlook { lead, follow, horizon, .. } = outlook;
    let (ratio, dollars) = (&outlook.wider_as_ratio, &outlook.wider_in_dollars);
    let first = match Chance::of(ratio.value.value).0 {
        Chance::EitherWay => {
            Text::from(ratio.capital_chance())
                + format!(": the {lead}/{follow} ratio ends {horizon} ")
                + ratio.wider()
                + " in "
                + ratio.sided_share()
                + " of paths"
        }
        _ => {
            Text::from(format!("The {lead}/{follow} ratio is "))
                + ratio.chance()
                + format!(" to end {horizon} ")
                + ratio.wider()
                + " ("
                + ratio.sided_share()
                + " of paths)"
        }
    };
    let leads = format!("; {} ", outlook.money.lead_of(lead));
    let verb = if Chance::of(dollars.value.value).1 { Text::default() } else { Text::from(dollars.wider()) + " " };
    first + leads + verb + "in " + dollars.sided_share() + " (" + dollars.chance() + ")."
}

/// Title of the funding fan: it names the spread, because two medians side by side would read as a forecast.
#[must_use]
pub fn funding_title(
    horizon: i32,
    money: MoneyUnit,
    lead: (&str, Option<(Estimate, Estimate)>),
    follow: (&str, Option<(Estimate, Estimate)>),
) -> String {
    match (lead.1, follow.1) {
        (Some(a), Some(b)) => format!(
            "{} funding in {horizon} may be {}, {} {}",
            short_name(lead.0),
            money.range_within(a.0, a.1),
            possessive(follow.0),
            money.range_within(b.0, b.1)
        ),
        _ => format!("AI funding of {} and {} to {horizon}", short_name(lead.0), short_name(follow.0)),
    }
}

fn possessive(region: &str) -> String {
    let name = short_name(region);
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Title of the gap chart: what happens to the ratio and to the dollars, with words of chance.
#[must_use]
pub fn gap_title(outlook: &Outlook) -> Text {
    let Outlook { lead, horizon, .. } = outlook;
    let (ratio, dollars) = (&outlook.wider_as_ratio, &outlook.wider_in_dollars);
    let (of_ratio, ratio_wider) = Chance::of(ratio.value.value);
    let (of_dollars, dollars_wider) = Chance::of(dollars.value.value);
    let money = outlook.money.noun();
    let less_likely = || if of_ratio <= of_dollars { ratio.chance() } else { dollars.chance() };
    let leads = Text::from(format!("{lead} lead "));
    match (of_ratio, of_dollars) {
        (Chance::EitherWay, Chance::EitherWay) => {
            Text::from("The ") + leads + ratio.chance() + format!(" by {horizon}, in {money} and as a ratio")
        }
        (Chance::EitherWay, _) => {
            let way = leads + dollars.chance() + " to " + dollars.widen();
            way + format!(" in {money} by {horizon}; ratio ") + ratio.open()
        }
        (_, Chance::EitherWay) => {
            let way = leads + ratio.chance() + " to " + ratio.widen();
            way + format!(" as a ratio by {horizon}; {money} ") + dollars.open()
        }
        // One sentence for both must hold for the less likely of the two.
        _ if ratio_wider == dollars_wider => {
            leads + less_likely() + " to " + ratio.widen() + format!(" by {horizon}, in {money} and ratio")
        }
        _ => {
            let way = leads + less_likely() + " to " + dollars.widen();
            way + format!(" in {money}, ") + ratio.widen() + format!(" as ratio, by {horizon}")
        }
    }
}

/// Subtitle of the gap chart: both shares, with the level they are held against; and whether a part stands out.
#[must_use]
pub fn gap_subtitle(outlook: &Outlook) -> [(Text, bool); 4] {
    let (level, gap) = (outlook.ratio.ratio(), outlook.gap.money(outlook.money));
    let base = outlook.base_year;
    [
        (Text::from(outlook.wider_as_ratio.share()) + " of simulated paths", true),
        (Text::from(format!(" end above the {base} ratio of about ")) + level + "; ", false),
        (outlook.wider_in_dollars.share().into(), true),
        (Text::from(format!(" end above the {base} gap of ")) + gap, false),
    ]
}

/// Title of the chart of probabilities.
#[must_use]
pub fn probability_title(outlook: &Outlook) -> Text {
    let Outlook { horizon, .. } = outlook;
    let money = outlook.money.noun();
    let (dollars, ratio) = (&outlook.wider_in_dollars, &outlook.wider_as_ratio);
    if !outlook.is_lead_positive() {
        return Text::from(format!("Chances of a wider ratio by {horizon}: ")) + ratio.share() + " of paths";
    }
    let (of_dollars, wider) = Chance::of(dollars.value.value);
    let (of_ratio, ratio_wider) = Chance::of(ratio.value.value);
    let noun = |wider: bool| if wider { "Wider" } else { "Narrower" };
    let by = format!("\u{a0}by\u{a0}{horizon})");
    match of_dollars {
        Chance::EitherWay if of_ratio != Chance::EitherWay => {
            let first = Text::from(noun(ratio_wider)) + " ratio " + ratio.chance() + " (" + ratio.share_of(ratio_wider);
            first + by + format!(", {money} ") + dollars.open() + " (" + dollars.share_of(ratio_wider) + ")"
        }
        Chance::EitherWay => {
            let first = Text::from("A wider gap ") + dollars.chance() + ": " + dollars.share();
            first + format!(" in {money}, ") + ratio.share() + " as a ratio"
        }
        _ => {
            let first = Text::from(noun(wider)) + " gap " + dollars.chance() + format!(" in {money} (");
            let weight = weight(dollars.value.value, ratio.value.value, wider);
            first + dollars.share_of(wider) + by + format!(", ratio {weight} (") + ratio.share_of(wider) + ")"
        }
    }
}

/// How the ratio's chance of moving the same way compares with that of the dollars.
fn weight(dollars: f64, ratio: f64, wider: bool) -> &'static str {
    let (first, second) = if wider { (dollars, ratio) } else { (1.0 - dollars, 1.0 - ratio) };
    match second {
        second if (first - second).abs() < 0.05 && second > 0.55 => "too",
        second if (0.45..=0.55).contains(&second) => "open",
        second if second < 0.45 => "not",
        second if second < first => "less so",
        _ => "more so",
    }
}

/// Title of the chart of sources: the ratios of the base year that each of them states.
#[must_use]
pub fn sources_title(base_year: i32, regions: &[String; 2], ratios: &[f64]) -> String {
    let words: Vec<String> = ratios.iter().map(|value| ratio(*value)).collect();
    let [lead, follow] = regions;
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("The {base_year} {lead}/{follow} ratio is {} or {last}, by who counts", rest.join(", "))
        }
        _ => format!("The {base_year} {lead}/{follow} ratio by source"),
    }
}
