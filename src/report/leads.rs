//! Who is ahead in the base year, by the tables of a page, and sentences that give the lead to the other side.

use crate::scenario::short_name;
use crate::wording::{Citation, Form, MoneyUnit};

use super::data::{Data, kind_of};

/// Phrases that give the lead to a region that is behind in the base year of every run on the page.
pub(super) fn strange(data: &Data) -> Vec<String> {
    let seen: Vec<[String; 2]> = data.files().filter_map(|file| sides(data, file.name)).collect();
    let Some([leader, trailer]) = seen.first() else { return Vec::new() };
    if seen.iter().any(|it| it != &[leader.clone(), trailer.clone()]) {
        return Vec::new();
    }
    let lead = MoneyUnit::default().lead_of(trailer);
    let any_money = lead.trim_start_matches("the ").replace(" lead in dollars", "");
    vec![
        format!("{any_money} lead in dollars"),
        format!("{any_money} lead in 2"),
        format!("{any_money} lead over"),
        format!("{trailer} led by"),
    ]
}

/// Names of the region that is ahead in the last observed year of a fan, and of the other one.
fn sides(data: &Data, file: &str) -> Option<[String; 2]> {
    if kind_of(file) != "fan.csv" {
        return None;
    }
    let (head, rows) = data.rows(file)?;
    let place = |name: &str| head.iter().position(|column| column == name);
    let (metric, region, observed) = (place("metric")?, place("region")?, place("observed")?);
    let gap = rows.iter().rfind(|row| row[metric] == "gap" && !row[observed].is_empty())?;
    let value: f64 = gap[observed].parse().ok()?;
    // A name may have hyphens of its own; the regions of the fan tell where it ends.
    let regions: Vec<&str> =
        rows.iter().filter(|row| row[metric] == "funding").map(|row| row[region].as_str()).collect();
    let cuts = gap[region].match_indices('-').map(|(at, _)| (&gap[region][..at], &gap[region][at + 1..]));
    let (lead, follow) = cuts.into_iter().find(|(lead, follow)| regions.contains(lead) && regions.contains(follow))?;
    let named = [lead, follow].map(short_name);
    let [lead, follow] = named;
    Some(if value < 0.0 { [follow, lead] } else { [lead, follow] })
}

/// Why a word of direction does not fit the row that it speaks of: a lead that is `narrower` there is not wider.
pub(super) fn wrong_way(citation: &Citation) -> Option<String> {
    let (_, question) = citation.cell.row.iter().find(|(key, _)| key == "question")?;
    let other = match citation.form {
        Form::Wider if question.starts_with("narrower-") => "wider",
        Form::Narrower if question.starts_with("wider-") => "narrower",
        _ => return None,
    };
    Some(format!("it says {other} of the row {question}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    fn fan(gap: &str) -> Data {
        let mut data = Data::default();
        let rows = format!(
            "metric,region,year,observed\nfunding,us,2023,31\nfunding,south-korea,2023,2\ngap,us-south-korea,2023,{gap}\n\
             gap,us-south-korea,2030,\n"
        );
        data.add("run/fan.csv", rows.as_bytes());
        data
    }

    #[test]
    fn the_side_behind_has_no_lead() {
        assert_eq!(strange(&fan("29"))[0], "South Korea’s lead in dollars");
        assert_eq!(strange(&fan("-29")), ["US lead in dollars", "US lead in 2", "US lead over", "US led by"]);
        assert!(strange(&Data::default()).is_empty());
    }

    #[test]
    fn a_direction_fits_its_row() {
        let of = |form, question| {
            wrong_way(&Citation {
                cell: Cell::new("probabilities.csv", &[("question", question)], &["probability"]),
                form,
            })
        };
        assert!(of(Form::Wider, "narrower-in-dollars").is_some() && of(Form::Narrower, "wider-in-dollars").is_some());
        assert!(of(Form::Wider, "wider-in-dollars").is_none() && of(Form::Share, "narrower-in-dollars").is_none());
    }
}
